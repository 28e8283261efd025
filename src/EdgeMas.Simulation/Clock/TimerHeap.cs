namespace EdgeMas.Simulation.Clock;

/// <summary>Timers by due time, and by order of arming where that is equal. Each timer knows its place, so that taking one out needs no search.</summary>
/// <remarks>Guarded by the clock's lock. A binary heap.</remarks>
internal sealed class TimerHeap
{
    private VirtualTimer[] _timers = new VirtualTimer[64];

    public int Count { get; private set; }

    public VirtualTimer? First => Count > 0 ? _timers[0] : null;

    public void Add(VirtualTimer timer)
    {
        if (Count == _timers.Length)
            Array.Resize(ref _timers, Count * 2);
        SiftUp(timer, Count++);
    }

    public void Remove(VirtualTimer timer)
    {
        var index = timer.HeapIndex;
        if (index < 0)
            return;
        timer.HeapIndex = -1;
        var last = _timers[--Count];
        _timers[Count] = null!;
        if (index == Count)
            return;
        SiftUp(last, index);
        SiftDown(last, last.HeapIndex);
    }

    private void SiftUp(VirtualTimer timer, int index)
    {
        while (index > 0 && IsBefore(timer, _timers[(index - 1) / 2]))
        {
            Put(_timers[(index - 1) / 2], index);
            index = (index - 1) / 2;
        }
        Put(timer, index);
    }

    private void SiftDown(VirtualTimer timer, int index)
    {
        while (true)
        {
            var child = (2 * index) + 1;
            if (child >= Count)
                break;
            if (child + 1 < Count && IsBefore(_timers[child + 1], _timers[child]))
                child++;
            if (!IsBefore(_timers[child], timer))
                break;
            Put(_timers[child], index);
            index = child;
        }
        Put(timer, index);
    }

    private void Put(VirtualTimer timer, int index)
    {
        _timers[index] = timer;
        timer.HeapIndex = index;
    }

    private static bool IsBefore(VirtualTimer a, VirtualTimer b) => a.Due != b.Due ? a.Due < b.Due : a.Order < b.Order;
}

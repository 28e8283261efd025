using EdgeMas.Control.Loop;
using EdgeMas.Control.Native;
using EdgeMas.Control.Sharing;
using EdgeMas.Control.Stopping;

namespace EdgeMas.Control.Tests.Process;

/// <summary>Looks into a core's region without being its host, as a stop button does.</summary>
internal sealed class CoreSight : IDisposable
{
    private readonly SharedMemory<CoreLayout> _memory;

    internal CoreSight(string path)
    {
        _memory = SharedMemory<CoreLayout>.Open(path);
        EmergencyStop = new EmergencyStop(_memory, brake: null);
    }

    internal EmergencyStop EmergencyStop { get; }

    internal int ProcessId => _memory.Value.Header.CorePid;

    internal long Session => Volatile.Read(ref _memory.Value.Header.Session);

    internal long AllocatedBytes => Volatile.Read(ref _memory.Value.State.AllocatedBytes);

    internal TimeSpan HostSilence => TimeSpan.FromMicroseconds(Volatile.Read(ref _memory.Value.State.HostSilenceNs) / 1000.0);

    internal TimeSpan WorstLateness => _memory.Value.Lateness.Read().Worst;

    internal bool IsHostLate => Volatile.Read(ref _memory.Value.State.IsHostLate) != 0;

    internal MotionSnapshot Snapshot => Read<MotionSnapshot>();

    /// <summary>Of the kind of vehicle that the core moves.</summary>
    internal TSnapshot Read<TSnapshot>()
        where TSnapshot : unmanaged
    {
        TSnapshot snapshot;
        while (!_memory.Value.State.Snapshot.Of<TSnapshot>().TryRead(out snapshot, out _))
            Thread.Yield();
        return snapshot;
    }

    public void Dispose() => _memory.Dispose();
}

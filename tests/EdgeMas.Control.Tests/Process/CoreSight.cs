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

    internal long Session => Volatile.Read(ref _memory.Value.Header.Session);

    internal long AllocatedBytes => Volatile.Read(ref _memory.Value.State.AllocatedBytes);

    internal TimeSpan HostSilence => TimeSpan.FromMicroseconds(Volatile.Read(ref _memory.Value.State.HostSilenceNs) / 1000.0);

    internal TimeSpan WorstLateness => _memory.Value.Lateness.Read().Worst;

    internal MotionSnapshot Snapshot
    {
        get
        {
            MotionSnapshot snapshot;
            while (!_memory.Value.State.Snapshot.TryRead(out snapshot, out _))
                Thread.Yield();
            return snapshot;
        }
    }

    public void Dispose() => _memory.Dispose();
}

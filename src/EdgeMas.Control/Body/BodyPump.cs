using EdgeMas.Control.Native;
using EdgeMas.Control.Sharing;

namespace EdgeMas.Control.Body;

/// <summary>
/// Gives a body to a core in another process: passes its setpoints and brakes on to the body and the body's readings back. The body's own time limit stops it when the core falls silent.
/// </summary>
/// <remarks><see cref="Step"/> belongs to one thread, the one that moves the body; allocates nothing.</remarks>
public abstract class BodyPump<TShape, TCommand, TSensors> : IBodyPump
    where TShape : unmanaged
    where TCommand : unmanaged
    where TSensors : unmanaged
{
    private readonly SharedMemory<BodyLayout<TShape, TCommand, TSensors>> _memory;
    private readonly TimeProvider _time;
    private long _taken, _brakes;

    /// <summary>Takes the body's place in a region that is there already, or makes one. <see cref="Begin"/> is to be called next.</summary>
    /// <param name="path">Of the region's file.</param>
    /// <param name="time">A clock that the core has too: the system's.</param>
    /// <exception cref="RegionException">The file is no such region, or cannot be made.</exception>
    private protected BodyPump(string path, in TShape shape, TimeProvider time)
    {
        _time = time;
        _memory = File.Exists(path) ? SharedMemory<BodyLayout<TShape, TCommand, TSensors>>.Open(path) : SharedMemory<BodyLayout<TShape, TCommand, TSensors>>.Create(path);
        _memory.Value.Shape = shape;
    }

    /// <summary>Times that the core called for the brakes.</summary>
    public long Brakes => Volatile.Read(ref _memory.Value.Brakes);

    /// <summary>When the core first called for the brakes since its last command: a timestamp of the system's clock.</summary>
    public long BrakedAt => Volatile.Read(ref _memory.Value.BrakedAt);

    /// <summary>Whether the newest thing the core said is to brake, or nothing yet.</summary>
    public bool IsBraked => !_memory.Value.Command.TryRead(out var command, out var version) || version == 0 || command.Brakes != Brakes;

    /// <summary>Waits for the core to call for the brakes again.</summary>
    /// <param name="seen">What <see cref="Brakes"/> was.</param>
    /// <returns>False when the limit passed without.</returns>
    public bool WaitForBrake(long seen, TimeSpan limit)
    {
        var began = _time.GetTimestamp();
        while (Brakes == seen)
        {
            var wake = Volatile.Read(ref _memory.Value.Wake);
            if (Brakes != seen)
                break;
            var left = limit - _time.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
                return false;
            Futex.Wait(ref _memory.Value.Wake, wake, left);
        }
        return true;
    }

    public void Step()
    {
        ref var region = ref _memory.Value;
        var brakes = Volatile.Read(ref region.Brakes);
        if (brakes != _brakes)
        {
            _brakes = brakes;
            Brake();
        }
        if (region.Command.TryRead(out var command, out _) && command.Number != _taken)
        {
            _taken = command.Number;
            if (command.Brakes == brakes)
                Move(command.Asked);
        }
        Report();
    }

    public void Dispose()
    {
        _memory.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>What was meant for the body before is over.</summary>
    private protected void Begin()
    {
        ref var region = ref _memory.Value;
        _taken = region.Command.TryRead(out var command, out _) ? command.Number : 0;
        _brakes = Volatile.Read(ref region.Brakes);
        Interlocked.Increment(ref region.Session);
        Brake();
        Report();
    }

    private protected abstract void Brake();

    private protected abstract void Move(in TCommand command);

    /// <param name="timestamp">Of now, by a clock that the core has too.</param>
    /// <returns>False when the body does not answer.</returns>
    private protected abstract bool TryRead(long timestamp, out TSensors sensors);

    private void Report()
    {
        if (TryRead(_time.GetTimestamp(), out var sensors))
            _memory.Value.Sensors.Write(sensors);
    }
}

using EdgeMas.Control.Drives;
using EdgeMas.Control.Native;
using EdgeMas.Control.Sharing;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Body;

/// <summary>
/// Gives a body to a core in another process: passes its setpoints and brakes on to the body and the body's readings back. The body's own time limit stops the wheels
/// when the core falls silent.
/// </summary>
/// <remarks><see cref="Step"/> belongs to one thread, the one that moves the body; allocates nothing.</remarks>
public sealed class BodyPump : IDisposable
{
    private readonly SharedMemory<BodyLayout> _memory;
    private readonly IWheeledBody _body;
    private readonly TimeProvider _time;
    private long _taken, _brakes;

    /// <summary>Takes the body's place in a region that is there already, or makes one.</summary>
    /// <param name="path">Of the region's file.</param>
    /// <param name="time">A clock that the core has too: the system's.</param>
    /// <exception cref="RegionException">The file is no such region, or cannot be made.</exception>
    public BodyPump(string path, IWheeledBody body, TimeProvider time)
    {
        (_body, _time) = (body, time);
        _memory = File.Exists(path) ? SharedMemory<BodyLayout>.Open(path) : SharedMemory<BodyLayout>.Create(path);
        ref var region = ref _memory.Value;
        region.Geometry = body.Geometry;
        _taken = region.Command.TryRead(out var command, out _) ? command.Number : 0; // what was meant for the body before is over
        _brakes = Volatile.Read(ref region.Brakes);
        Interlocked.Increment(ref region.Session);
        body.Brake();
        Report();
    }

    /// <inheritdoc cref="BodyPump(string, IWheeledBody, TimeProvider)"/>
    public BodyPump(string path, IDifferentialDrive body, TimeProvider time)
        : this(path, new DifferentialBody(body), time)
    {
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

    /// <summary>One step of the body's thread: newest command in, newest reading out.</summary>
    public void Step()
    {
        ref var region = ref _memory.Value;
        var brakes = Volatile.Read(ref region.Brakes);
        if (brakes != _brakes)
        {
            _brakes = brakes;
            _body.Brake();
        }
        if (region.Command.TryRead(out var command, out _) && command.Number != _taken)
        {
            _taken = command.Number;
            if (command.Brakes == brakes)
                _body.TryDrive(command.Wheels);
        }
        Report();
    }

    public void Dispose() => _memory.Dispose();

    private void Report()
    {
        if (_body.TryRead(out var sensors))
            _memory.Value.Sensors.Write(sensors with { Timestamp = _time.GetTimestamp() });
    }
}

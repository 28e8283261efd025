using EdgeMas.Control.Arm;
using EdgeMas.Control.Pacing;
using EdgeMas.Host.Configuration;
using EdgeMas.Host.Hil;
using EdgeMas.Simulation.Arm;

namespace EdgeMas.Host.Tests.Hil;

/// <summary>The simulated arm in real time: what the outside sees is where its joints truly are.</summary>
internal sealed class SimulatedMovedArm : MovedArm
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(5);

    private readonly ArmWorld _world;
    private readonly ControlThread _control;
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _stopped = new();
    private readonly Lock _gate = new();
    private readonly List<JointSight>[] _sights;

    internal SimulatedMovedArm(ArmConfiguration arm)
        : base(TimeProvider.System, EdgeMas.Testing.Until.Patience)
    {
        _world = new ArmWorld(arm.Servos);
        _sights = [.. arm.Servos.Select(_ => new List<JointSight>())];
        Loop = new ArmLoop(new SimulatedArm(_world, Time), arm.Limits, Time);
        _control = ControlThread.For(Loop, TimeSpan.FromMilliseconds(10));
        _thread = new Thread(Run) { IsBackground = true, Name = "arm world" };
        _thread.Start();
        _control.Start();
    }

    public override ArmLoop Loop { get; }

    public override IReadOnlyList<string> Troubles => Loop.Desk.Fault is { } fault ? [fault] : [];

    /// <summary>Its servos report with noise, after which the loop judges the end of a way.</summary>
    public override double Resolution => 0.012;

    public override double See(int joint) => _world.TrueAngles[joint];

    public override IReadOnlyList<JointSight> SightsOf(int joint, long since)
    {
        lock (_gate)
            return [.. _sights[joint].Where(sight => sight.Timestamp >= since)];
    }

    public override void Dispose()
    {
        _control.Dispose();
        _stopped.Set();
        _thread.Join();
        _stopped.Dispose();
    }

    private void Run()
    {
        var before = Time.GetTimestamp();
        while (!_stopped.Wait(Slice))
        {
            var now = Time.GetTimestamp();
            _world.Step(Time.GetElapsedTime(before, now));
            before = now;
            var angles = _world.TrueAngles;
            lock (_gate)
            {
                for (var i = 0; i < _sights.Length; i++)
                    _sights[i].Add(new JointSight(now, angles[i]));
            }
        }
    }
}

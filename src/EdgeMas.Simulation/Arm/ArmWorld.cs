using EdgeMas.Core.Motion;
using EdgeMas.Simulation.World;

namespace EdgeMas.Simulation.Arm;

/// <summary>An arm of position servos: each follows its setpoint by its own controller, within its motor's speed and with a lag. Loads and collisions are not simulated. Allocates nothing after construction.</summary>
/// <remarks>One thread steps; any thread reads <see cref="TrueAngles"/>.</remarks>
public sealed class ArmWorld
{
    /// <summary>Physics is integrated in slices of at most this.</summary>
    private const double SliceS = 0.002;

    private readonly ServoDescription[] _servos;
    private readonly Noise _noise;
    private readonly LatestValue<JointVector> _truth = new();
    private JointVector _angles, _speeds, _setpoints, _sensed;
    private volatile bool _holding = true;

    /// <param name="seed">Of the noise.</param>
    /// <exception cref="ArgumentException">Not 2 to 6 servos, or a value cannot be used.</exception>
    public ArmWorld(IReadOnlyList<ServoDescription> servos, long seed = 1)
    {
        if (servos.Count is < 2 or > JointVector.Capacity)
            throw new ArgumentException($"{servos.Count} servos: an arm has 2 to {JointVector.Capacity}", nameof(servos));
        if (servos.Any(servo => !(servo.MaxSpeedRadPerS > 0 && servo.LagS > 0 && servo.StiffnessPerS > 0 && servo.NoiseRad >= 0) || !double.IsFinite(servo.StartDeg)))
            throw new ArgumentException("speed, lag and stiffness of a servo are numbers above 0, its noise 0 or above", nameof(servos));
        _servos = [.. servos];
        _noise = new Noise(seed, stream: 21);
        for (var i = 0; i < _servos.Length; i++)
            _angles[i] = _servos[i].StartDeg * Math.PI / 180;
        (_setpoints, _sensed) = (_angles, _angles);
        _truth.Write(_angles);
    }

    public int JointCount => _servos.Length;

    public ArmFaults Faults { get; } = new();

    /// <summary>The newest truth, radians.</summary>
    public JointVector TrueAngles => _truth.Read();

    internal JointVector Sensed => _sensed;

    /// <summary>Called by the thread that runs the world; the slices are cut as needed.</summary>
    public void Step(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero);
        var slices = Math.Max(1, (int)Math.Ceiling((time.TotalSeconds / SliceS) - 1e-9));
        for (var i = 0; i < slices; i++)
            Move(time.TotalSeconds / slices);
        for (var i = 0; i < _servos.Length; i++)
            _sensed[i] = _angles[i] + (_servos[i].NoiseRad * _noise.Normal());
        _truth.Write(_angles);
    }

    internal bool TryMove(in JointVector angles)
    {
        for (var i = 0; i < _servos.Length; i++)
        {
            if (Faults.BodySilent || !double.IsFinite(angles[i]))
                return false;
        }
        _setpoints = angles;
        _holding = false;
        return true;
    }

    /// <summary>Any thread.</summary>
    internal void Hold() => _holding = true;

    private void Move(double seconds)
    {
        if (_holding)
            _setpoints = _angles;
        for (var i = 0; i < _servos.Length; i++)
        {
            var servo = _servos[i];
            var wanted = Math.Clamp((_setpoints[i] - _angles[i]) * servo.StiffnessPerS, -servo.MaxSpeedRadPerS, servo.MaxSpeedRadPerS);
            _speeds[i] = Faults.StuckJoint == i ? 0 : _speeds[i] + ((wanted - _speeds[i]) * Math.Min(1, seconds / servo.LagS));
            _angles[i] += _speeds[i] * seconds;
        }
    }
}

using EdgeMas.Core.Motion;
using EdgeMas.Simulation.World;

namespace EdgeMas.Simulation.Flight;

/// <summary>
/// The air above flat ground with one quadrotor in it: a rigid body with six degrees of freedom, lagging rotors, drag, wind and the ground. <see cref="Step"/> moves it on by a slice of
/// virtual time; nothing is allocated after construction. Nothing else stands in this world.
/// </summary>
/// <remarks>
/// One thread steps; any thread reads <see cref="Truth"/>. Source: R. Mahony, V. Kumar and P. Corke, Multirotor Aerial Vehicles, IEEE Robotics and Automation Magazine 19(3), 2012; the gusts are an
/// Ornstein–Uhlenbeck process, the simplest of Dryden's spectra (MIL-F-8785C).
/// </remarks>
public sealed class QuadrotorWorld
{
    internal const double Gravity = 9.80665;

    /// <summary>Physics is integrated in slices of at most this.</summary>
    private const double SliceS = 0.001;

    private const double HardSpeed = 1.5;
    private const double HardTilt = 0.6;

    private readonly QuadrotorDescription _body;
    private readonly Noise _sensorNoise;
    private readonly Noise _windNoise;
    private readonly LatestValue<FlightTruth> _truth;
    private Vector3D _position, _velocity, _rate, _gust, _wind;
    private Attitude _attitude;
    private RotorSpeeds _rotors, _setpoint;
    private double _seconds, _sinceSetpoint, _battery;
    private bool _isOnGround = true;
    private int _hardLandings;
    private volatile bool _isCut = true;

    /// <exception cref="ArgumentOutOfRangeException">The description cannot be used; it names the value.</exception>
    public QuadrotorWorld(QuadrotorDescription description)
    {
        description.Check();
        _body = description;
        Description = description;
        _sensorNoise = new Noise(description.Seed, stream: 11);
        _windNoise = new Noise(description.Seed, stream: 12);
        _position = new Vector3D(description.StartXM, description.StartYM, 0);
        _attitude = Attitude.FromYaw(description.StartYawDeg * Math.PI / 180);
        _battery = description.BatteryStart;
        Sensed = Sense();
        _truth = new LatestValue<FlightTruth>(Describe());
    }

    public QuadrotorDescription Description { get; }

    public FlightFaults Faults { get; } = new();

    /// <summary>The newest truth.</summary>
    public FlightTruth Truth => _truth.Read();

    /// <summary>The newest readings, without a timestamp.</summary>
    internal QuadrotorSensors Sensed { get; private set; }

    /// <summary>What an accelerometer felt in the last step, on the body's axes: its mean, impacts included; standing still, 9.81 upwards.</summary>
    internal Vector3D Felt { get; private set; } = new(0, 0, Gravity);

    /// <summary>Called by the thread that runs the world; the slices are cut as needed.</summary>
    public void Step(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero);
        var rest = time.TotalSeconds;
        var before = _velocity;
        Blow(rest);
        var slices = Math.Max(1, (int)Math.Ceiling((rest / SliceS) - 1e-9));
        for (var i = 0; i < slices; i++)
            Move(rest / slices);
        _seconds += rest;
        Felt = _attitude.ToBody(((_velocity - before) * (1 / time.TotalSeconds)) + new Vector3D(0, 0, Gravity));
        Sensed = Sense();
        _truth.Write(Describe());
    }

    internal bool TrySpin(in RotorSpeeds speeds)
    {
        if (Faults.BodySilent || !double.IsFinite(speeds.FrontLeft + speeds.FrontRight + speeds.BackLeft + speeds.BackRight))
            return false;
        _setpoint = new RotorSpeeds(Limit(speeds.FrontLeft), Limit(speeds.FrontRight), Limit(speeds.BackLeft), Limit(speeds.BackRight));
        _sinceSetpoint = 0;
        _isCut = false;
        return true;
    }

    /// <summary>Any thread.</summary>
    internal void Cut() => _isCut = true;

    private double Limit(double speed) => Math.Clamp(speed, 0, _body.MaxRotorSpeedRadPerS);

    private void Blow(double seconds)
    {
        var keep = Math.Max(0, 1 - (seconds / _body.GustCorrelationS));
        var fresh = _body.GustSigmaMps * Math.Sqrt(1 - (keep * keep));
        _gust = new Vector3D(
            (keep * _gust.X) + (fresh * _windNoise.Normal()), (keep * _gust.Y) + (fresh * _windNoise.Normal()), (keep * _gust.Z) + (fresh / 2 * _windNoise.Normal()));
        _wind = _gust + new Vector3D(_body.WindXMps + Faults.GustX, _body.WindYMps + Faults.GustY, 0);
    }

    private void Move(double seconds)
    {
        _sinceSetpoint += seconds;
        var isOff = _isCut || _sinceSetpoint > _body.CommandTimeoutS || _battery <= 0;
        Spin(isOff ? default : _setpoint, seconds);
        var (fl, fr, bl, br) = (Force(_rotors.FrontLeft), Force(_rotors.FrontRight), Force(_rotors.BackLeft), Force(_rotors.BackRight));
        var thrust = fl + fr + bl + br;
        DrawPower(thrust, seconds);

        var acceleration = (_attitude.Up * (thrust / _body.MassKg)) + ((_wind - _velocity) * (_body.DragNPerMps / _body.MassKg)) - new Vector3D(0, 0, Gravity);
        if (_isOnGround && acceleration.Z <= 0)
        {
            (_velocity, _rate) = (default, default); // it stands, and the wind does not move it
            return;
        }
        _isOnGround = false;
        Turn(fl, fr, bl, br, seconds);
        _velocity += acceleration * seconds;
        _position += _velocity * seconds;
        if (_position.Z <= 0 && _velocity.Z <= 0)
            Touch();
    }

    private void Spin(in RotorSpeeds wanted, double seconds)
    {
        var share = Math.Min(1, seconds / _body.RotorLagS);
        _rotors = new RotorSpeeds(
            _rotors.FrontLeft + ((wanted.FrontLeft - _rotors.FrontLeft) * share), _rotors.FrontRight + ((wanted.FrontRight - _rotors.FrontRight) * share),
            _rotors.BackLeft + ((wanted.BackLeft - _rotors.BackLeft) * share), _rotors.BackRight + ((wanted.BackRight - _rotors.BackRight) * share));
    }

    private double Force(double speed) => _body.ThrustFactorNPerRad2 * speed * speed;

    /// <summary>Euler's equations of the rigid body.</summary>
    private void Turn(double fl, double fr, double bl, double br, double seconds)
    {
        var arm = _body.ArmLengthM / Math.Sqrt(2);
        var yawArm = _body.TorqueFactorNmPerRad2 / _body.ThrustFactorNPerRad2;
        var torque = new Vector3D(arm * (fl + bl - fr - br), arm * (bl + br - fl - fr), yawArm * (fl + br - fr - bl)) - (_rate * _body.TurnDragNmPerRadPerS);
        var momentum = new Vector3D(_body.InertiaRollKgM2 * _rate.X, _body.InertiaPitchKgM2 * _rate.Y, _body.InertiaYawKgM2 * _rate.Z);
        var net = torque - Vector3D.Cross(_rate, momentum);
        _rate += new Vector3D(net.X / _body.InertiaRollKgM2, net.Y / _body.InertiaPitchKgM2, net.Z / _body.InertiaYawKgM2) * seconds;
        _attitude = _attitude.Turned(_rate, seconds);
    }

    private void Touch()
    {
        if (_velocity.Z < -HardSpeed || _attitude.Tilt > HardTilt)
            _hardLandings++;
        _isOnGround = true;
        _position = _position with { Z = 0 };
        (_velocity, _rate) = (default, default);
        _attitude = Attitude.FromYaw(_attitude.Yaw); // it falls onto its legs
    }

    private void DrawPower(double thrust, double seconds)
    {
        var share = thrust / (_body.MassKg * Gravity);
        var power = _body.IdlePowerW + (_body.HoverPowerW * share * Math.Sqrt(share));
        _battery = Math.Max(0, _battery - (power * seconds / 3600 / _body.BatteryCapacityWh));
    }

    private QuadrotorSensors Sense() => new(
        0,
        _position + Some(_body.PositionNoiseM),
        _velocity + Some(_body.VelocityNoiseMps),
        _attitude.Turned(Some(_body.AttitudeNoiseRad), 1),
        _rate + Some(_body.RateNoiseRadPerS),
        _battery);

    private Vector3D Some(double sigma) => new(sigma * _sensorNoise.Normal(), sigma * _sensorNoise.Normal(), sigma * _sensorNoise.Normal());

    private FlightTruth Describe() => new(_seconds, _position, _velocity, _attitude, _rate, _rotors, _wind, _battery, _isOnGround, _hardLandings);
}

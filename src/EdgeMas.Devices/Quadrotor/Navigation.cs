using EdgeMas.Core.Motion;
using EdgeMas.Devices.Watches;

namespace EdgeMas.Devices.Quadrotor;

/// <summary>
/// Where the body is, how it moves and how it is turned, from what its sensors tell. It begins with a moment of standing still, which gives the vertical and the gyroscope's bias; while it stands with its rotors off
/// the receiver's fixes give the place on the globe, and the position stays.
/// </summary>
/// <remarks>
/// The inertial sensor's thread calls; any thread reads. Allocates nothing. Nothing measures the heading: it is what was said at the start, and what the gyroscope made of it since (degrees a minute of drift; the filter
/// takes back what shows in the velocity while the body speeds up). Above the range finder's reach the height is the receiver's, metres off.
/// </remarks>
/// <param name="range">Metres to the ground below, along the body's axis; infinity for none in reach.</param>
/// <param name="doRotorsTurn">Or may.</param>
internal sealed class Navigation(QuadrotorWiring wiring, Func<Stamped> range, FixSource fixes, Func<bool> doRotorsTurn, TimeProvider time)
{
    /// <summary>Longer than this between two readings nobody knows how it turned.</summary>
    private const double LongestGap = 0.1;

    private const double AligningSeconds = 0.6;

    /// <summary>Standing so long, its velocity is none.</summary>
    private const double RestingSeconds = 0.3;

    private const double RestingForce = 1; // metres a second squared beside gravity
    private const double RestingRate = 0.15; // radians a second
    private const double MostTurnBias = 0.35; // 20 degrees a second, by the MPU-6050's data sheet

    private const double RangeSigma = 0.03;
    private const double RangeGate = 5;
    private const double LeastUpright = 0.7;
    private static readonly TimeSpan RangePatience = TimeSpan.FromSeconds(1);

    // Errors of a receiver last for many fixes: each tells less than the figures of its data sheet.
    private const double FixSigma = 1;
    private const double AltitudeSigma = 2;
    private const double SpeedSigma = 0.15;
    private const double FixGate = 6;
    private const int LeastFixes = 5;

    private readonly InertialFilter _filter = new();
    private readonly SatelliteFrame _frame = new(wiring.Satellites.XAxisBearing);
    private readonly LatestValue<QuadrotorSensors> _latest = new();
    private long _felt = time.GetTimestamp(), _rangeTaken, _ranged, _fixTaken;
    private double _resting, _yaw = wiring.StartYaw;
    private Vector3D _place = wiring.Start, _forces, _rates;
    private int _readings;
    private volatile bool _isAligned, _hasPlace;

    /// <summary>The attitude is known, and of this moment.</summary>
    internal bool IsAligned => _isAligned && time.GetElapsedTime(Volatile.Read(ref _felt)).TotalSeconds <= LongestGap;

    /// <summary>The place on the globe is known.</summary>
    internal bool HasPlace => _hasPlace;

    /// <summary>Without a charge. Good while <see cref="IsAligned"/>.</summary>
    internal QuadrotorSensors Latest => _latest.Read();

    /// <summary>The attitude is known no longer; it begins again.</summary>
    internal void Lose()
    {
        if (_isAligned)
            (_yaw, _place) = (_filter.Attitude.Yaw, _filter.Position with { Z = 0 });
        _isAligned = false;
        BeginAligning();
    }

    /// <summary>Takes one reading, on the body's axes.</summary>
    internal void Feel(in Vector3D force, in Vector3D rate)
    {
        var now = time.GetTimestamp();
        var seconds = time.GetElapsedTime(_felt, now).TotalSeconds;
        Volatile.Write(ref _felt, now);
        if (seconds > LongestGap)
            Lose();
        if (seconds is <= 0 or > LongestGap)
            return;
        Rest(force, rate, seconds);
        if (!_isAligned)
        {
            Align(force, rate);
            return;
        }
        _filter.Predict(force, rate, seconds);
        if (_resting > RestingSeconds)
            _filter.Stand(rate);
        TakeRange(now);
        TakeFix(now);
        _latest.Write(new QuadrotorSensors(now, _filter.Position, _filter.Velocity, _filter.Attitude, rate - _filter.TurnBias, double.NaN));
    }

    private void Rest(in Vector3D force, in Vector3D rate, double seconds)
    {
        var turning = _isAligned ? (rate - _filter.TurnBias).Length : rate.Length - MostTurnBias;
        var rests = !doRotorsTurn() && Math.Abs(force.Length - InertialFilter.Gravity) < RestingForce && turning < RestingRate;
        _resting = rests ? _resting + seconds : 0;
    }

    private void BeginAligning() => (_resting, _forces, _rates, _readings) = (0, default, default, 0);

    private void Align(in Vector3D force, in Vector3D rate)
    {
        if (_resting == 0)
        {
            BeginAligning();
            return;
        }
        (_forces, _rates, _readings) = (_forces + force, _rates + rate, _readings + 1);
        if (_resting < AligningSeconds)
            return;
        var up = _forces.Normalized(); // of the world, on the body's axes
        var leaning = new Attitude(1 + up.Z, up.Y, -up.X, 0).Normalized(); // the shortest turn that takes it to the vertical
        if (_hasPlace && fixes(out var fix, out _) && _frame.PlaceOf(fix) is var seen && (seen - _place).HorizontalLength > FixSigma * FixGate)
            _place = seen with { Z = 0 };
        _filter.Begin(_place, Attitude.FromYaw(_yaw - leaning.Yaw) * leaning, _rates * (1.0 / _readings));
        _isAligned = true;
    }

    private void TakeRange(long now)
    {
        var measured = range();
        if (measured.Timestamp == _rangeTaken)
            return;
        _rangeTaken = measured.Timestamp;
        var upright = _filter.Attitude.Up.Z;
        if (!double.IsFinite(measured.Value) || upright < LeastUpright)
            return;
        var height = (measured.Value * upright) - wiring.Height.MountHeight;
        if (time.GetElapsedTime(_ranged, now) > RangePatience)
            _filter.ResetHeight(height, 2 * RangeSigma);
        else if (!_filter.TryMeasurePosition(2, height, RangeSigma, RangeGate))
            return; // something stands there; if it stays, it is the ground
        _ranged = now;
    }

    private void TakeFix(long now)
    {
        if (!fixes(out var fix, out var heard) || heard == _fixTaken)
            return;
        _fixTaken = heard;
        if (_resting > RestingSeconds)
        {
            _frame.Stand(fix, _filter.Position with { Z = 0 });
            _hasPlace |= _frame.Fixes >= LeastFixes;
        }
        else if (_hasPlace)
        {
            var sigma = FixSigma * Math.Max(1, fix.HorizontalDilution ?? 1);
            var (place, velocity) = (_frame.PlaceOf(fix), _frame.VelocityOf(fix));
            _filter.TryMeasurePosition(0, place.X, sigma, FixGate);
            _filter.TryMeasurePosition(1, place.Y, sigma, FixGate);
            _filter.TryMeasureVelocity(0, velocity.X, SpeedSigma, FixGate);
            _filter.TryMeasureVelocity(1, velocity.Y, SpeedSigma, FixGate);
            if (time.GetElapsedTime(_ranged, now) > RangePatience)
                _filter.TryMeasurePosition(2, place.Z, AltitudeSigma * Math.Max(1, fix.HorizontalDilution ?? 1), FixGate);
        }
    }
}

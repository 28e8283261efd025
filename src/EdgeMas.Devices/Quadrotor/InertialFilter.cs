using EdgeMas.Core.Motion;

namespace EdgeMas.Devices.Quadrotor;

/// <summary>
/// Attitude, velocity and position of a body, and the biases of its inertial sensor: integrated from what that feels, and corrected by whatever measures one of them. One thread; allocates nothing after
/// construction.
/// </summary>
/// <remarks>
/// Source: J. Solà, Quaternion kinematics for the error-state Kalman filter, arXiv 1711.02508, 2017, sections 5 and 6, with the error of the attitude in the body's axes. Measurements are taken one number at a time
/// (Maybeck, Stochastic Models, Estimation and Control 1, 1979, 7.4).
/// </remarks>
internal sealed class InertialFilter
{
    internal const double Gravity = 9.80665;

    private const int Size = 15;
    private const int At = 0;
    private const int Moving = 3;
    private const int Turned = 6;
    private const int ForceBias = 9;
    private const int RateBias = 12;

    // Of one reading: the chip's noise and the motors' vibration. Metres a second squared, radians a second.
    private const double ForceNoise = 0.6;
    private const double RateNoise = 0.02;

    // How biases wander, for the square root of a second.
    private const double ForceWander = 0.01;
    private const double RateWander = 0.0005;

    private readonly double[] _covariance = new double[Size * Size];
    private readonly double[] _transition = new double[Size * Size];
    private readonly double[] _product = new double[Size * Size];
    private readonly double[] _gain = new double[Size];
    private Vector3D _forceBias;

    /// <summary>Metres in the world.</summary>
    internal Vector3D Position { get; private set; }

    /// <summary>Metres a second in the world.</summary>
    internal Vector3D Velocity { get; private set; }

    internal Attitude Attitude { get; private set; } = Attitude.Level;

    /// <summary>What the gyroscope shows at rest, radians a second.</summary>
    internal Vector3D TurnBias { get; private set; }

    /// <summary>Begins with a body that stands still.</summary>
    internal void Begin(in Vector3D position, in Attitude attitude, in Vector3D turnBias)
    {
        (Position, Velocity, Attitude, TurnBias, _forceBias) = (position, default, attitude, turnBias, default);
        Array.Clear(_covariance);
        for (var axis = 0; axis < 3; axis++)
        {
            _covariance[Diagonal(At + axis)] = 0.1 * 0.1;
            _covariance[Diagonal(Moving + axis)] = 0.02 * 0.02;
            _covariance[Diagonal(Turned + axis)] = 0.02 * 0.02;
            _covariance[Diagonal(ForceBias + axis)] = 0.15 * 0.15;
            _covariance[Diagonal(RateBias + axis)] = 0.003 * 0.003;
        }
    }

    /// <summary>Moves on by what was felt, on the body's axes.</summary>
    /// <param name="force">Proper acceleration: standing still, 9.81 upwards.</param>
    internal void Predict(in Vector3D force, in Vector3D rate, double seconds)
    {
        var felt = force - _forceBias;
        var turning = rate - TurnBias;
        var acceleration = Attitude.ToWorld(felt) - new Vector3D(0, 0, Gravity);
        Propagate(felt, turning, seconds);
        Position += (Velocity * seconds) + (acceleration * (seconds * seconds / 2));
        Velocity += acceleration * seconds;
        Attitude = Attitude.Turned(turning, seconds);
    }

    /// <param name="axis">0 to 2; likewise in the other measurements.</param>
    /// <param name="gate">Standard deviations of the difference beyond which it is not believed.</param>
    /// <returns>False when it was not believed.</returns>
    internal bool TryMeasurePosition(int axis, double meters, double sigma, double gate = double.PositiveInfinity) => TryMeasure(At + axis, meters - Of(Position, axis), sigma, gate);

    internal bool TryMeasureVelocity(int axis, double metersPerSecond, double sigma, double gate = double.PositiveInfinity) =>
        TryMeasure(Moving + axis, metersPerSecond - Of(Velocity, axis), sigma, gate);

    /// <summary>The body stands still, with this rate at its gyroscope.</summary>
    internal void Stand(in Vector3D rate)
    {
        for (var axis = 0; axis < 3; axis++)
        {
            TryMeasure(Moving + axis, -Of(Velocity, axis), 0.02, double.PositiveInfinity);
            TryMeasure(RateBias + axis, Of(rate - TurnBias, axis), 0.03, double.PositiveInfinity);
        }
    }

    /// <summary>The height is known anew, whatever it was before.</summary>
    internal void ResetHeight(double meters, double sigma)
    {
        for (var i = 0; i < Size; i++)
            _covariance[(i * Size) + At + 2] = _covariance[((At + 2) * Size) + i] = 0;
        _covariance[Diagonal(At + 2)] = sigma * sigma;
        Position = Position with { Z = meters };
    }

    private static int Diagonal(int state) => (state * Size) + state;

    private static double Of(in Vector3D vector, int axis) => axis switch { 0 => vector.X, 1 => vector.Y, _ => vector.Z };

    /// <summary>Of the errors: equation 270 there, and the noise of 271.</summary>
    private void Propagate(in Vector3D felt, in Vector3D turning, double seconds)
    {
        Array.Clear(_transition);
        for (var i = 0; i < Size; i++)
            _transition[Diagonal(i)] = 1;
        var (x, y, z) = (Attitude.ToWorld(new Vector3D(1, 0, 0)), Attitude.ToWorld(new Vector3D(0, 1, 0)), Attitude.ToWorld(new Vector3D(0, 0, 1)));
        // -R [felt]x: its columns are -R (felt x e), which is R (e x felt)
        var (byX, byY, byZ) = ((z * -felt.Y) + (y * felt.Z), (z * felt.X) - (x * felt.Z), (x * felt.Y) - (y * felt.X));
        for (var axis = 0; axis < 3; axis++)
        {
            _transition[((At + axis) * Size) + Moving + axis] = seconds;
            Row(Moving + axis, Turned, -Of(byX, axis) * seconds, -Of(byY, axis) * seconds, -Of(byZ, axis) * seconds);
            Row(Moving + axis, ForceBias, -Of(x, axis) * seconds, -Of(y, axis) * seconds, -Of(z, axis) * seconds);
            _transition[((Turned + axis) * Size) + RateBias + axis] = -seconds;
        }
        var turned = turning * seconds; // a small angle: I - [turned]x
        Row(Turned, Turned, 1, turned.Z, -turned.Y);
        Row(Turned + 1, Turned, -turned.Z, 1, turned.X);
        Row(Turned + 2, Turned, turned.Y, -turned.X, 1);
        Multiply(_transition, _covariance, _product, transposed: false);
        Multiply(_product, _transition, _covariance, transposed: true);
        for (var axis = 0; axis < 3; axis++)
        {
            _covariance[Diagonal(Moving + axis)] += ForceNoise * ForceNoise * seconds * seconds;
            _covariance[Diagonal(Turned + axis)] += RateNoise * RateNoise * seconds * seconds;
            _covariance[Diagonal(ForceBias + axis)] += ForceWander * ForceWander * seconds;
            _covariance[Diagonal(RateBias + axis)] += RateWander * RateWander * seconds;
        }
    }

    private void Row(int row, int column, double a, double b, double c)
    {
        var at = (row * Size) + column;
        (_transition[at], _transition[at + 1], _transition[at + 2]) = (a, b, c);
    }

    /// <param name="transposed">Of <paramref name="b"/>.</param>
    private static void Multiply(double[] a, double[] b, double[] result, bool transposed)
    {
        for (var row = 0; row < Size; row++)
        {
            for (var column = 0; column < Size; column++)
            {
                var sum = 0.0;
                for (var i = 0; i < Size; i++)
                    sum += a[(row * Size) + i] * (transposed ? b[(column * Size) + i] : b[(i * Size) + column]);
                result[(row * Size) + column] = sum;
            }
        }
    }

    private bool TryMeasure(int state, double difference, double sigma, double gate)
    {
        if (!double.IsFinite(difference))
            return false;
        var variance = _covariance[Diagonal(state)] + (sigma * sigma);
        if (difference * difference > gate * gate * variance)
            return false;
        for (var i = 0; i < Size; i++)
            _gain[i] = _covariance[(i * Size) + state] / variance;
        for (var i = 0; i < Size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var value = _covariance[(i * Size) + j] - (_gain[i] * _gain[j] * variance);
                _covariance[(i * Size) + j] = _covariance[(j * Size) + i] = value; // it stays symmetric
            }
        }
        Position += Gain(At) * difference;
        Velocity += Gain(Moving) * difference;
        Attitude = Attitude.Turned(Gain(Turned) * difference, 1);
        _forceBias += Gain(ForceBias) * difference;
        TurnBias += Gain(RateBias) * difference;
        return true;
    }

    private Vector3D Gain(int state) => new(_gain[state], _gain[state + 1], _gain[state + 2]);
}

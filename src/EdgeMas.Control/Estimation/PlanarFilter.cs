using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Estimation;

/// <summary>
/// Extended Kalman filter of a base on the plane: pose, speed, turn rate and the gyroscope's bias, in this order. Speed and turn rate are the means of one interval: nothing is
/// known of them before it, the wheels and the gyroscope measure them, and the pose moves by what came out. So a way counts as the wheels rolled it, however uneven the intervals.
/// </summary>
/// <remarks>
/// For each interval <see cref="Begin"/>, what was measured, <see cref="Move"/>. One thread; allocates at its making only. Measurements are independent and taken one number at a time, which
/// needs no inverse. Source: S. Thrun, W. Burgard and D. Fox, Probabilistic Robotics, 3.3 (the filter) and 5.4 (odometry as the motion); Y. Bar-Shalom, X. Li and T. Kirubarajan,
/// Estimation with Applications to Tracking and Navigation, 5.4 (consistency).
/// </remarks>
internal sealed class PlanarFilter
{
    internal const int Size = 6;

    /// <summary>Variance of a speed or turn rate of which nothing is known.</summary>
    private const double Unknown = 1e4;

    /// <summary>Rollers slip more than tyres: so many times the variance.</summary>
    private const double RollerSlip = 4;

    private const int X = 0, Y = 1, Theta = 2, V = 3, Omega = 4, Bias = 5;

    private readonly EstimatorOptions _options;
    private readonly double[] _state = new double[Size];
    private readonly double[] _covariance = new double[Size * Size];
    private readonly double[] _column = new double[Size];

    internal PlanarFilter(EstimatorOptions options, in Pose2D start)
    {
        _options = options;
        (_state[X], _state[Y], _state[Theta]) = start;
        _covariance[At(X, X)] = _covariance[At(Y, Y)] = _covariance[At(Theta, Theta)] = 1e-8;
        _covariance[At(V, V)] = _covariance[At(Omega, Omega)] = 1e-6;
        _covariance[At(Bias, Bias)] = options.GyroBias * options.GyroBias;
    }

    internal double PositionX => _state[X];

    internal double PositionY => _state[Y];

    /// <summary>Radians, counting whole turns.</summary>
    internal double Heading => _state[Theta];

    internal double Speed => _state[V];

    internal double TurnRate => _state[Omega];

    internal double GyroBias => _state[Bias];

    /// <summary>Row by row.</summary>
    internal ReadOnlySpan<double> Covariance => _covariance;

    /// <summary>An interval has passed: its speed and turn rate are not known yet.</summary>
    internal void Begin(double seconds)
    {
        Forget(V);
        Forget(Omega);
        _covariance[At(Bias, Bias)] += Square(_options.GyroBiasWander) * seconds;
    }

    /// <summary>Moves the pose by the interval's speed and turn rate.</summary>
    /// <param name="aside">Metres that mecanum wheels took the base to its left: known as well as their rollers grip, and not estimated.</param>
    internal void Move(double seconds, double aside = 0)
    {
        if (aside != 0)
            MoveAside(aside, seconds);
        var way = _state[V] * seconds;
        var (sin, cos) = Math.SinCos(_state[Theta] + (_state[Omega] * seconds / 2));
        _state[X] += way * cos;
        _state[Y] += way * sin;
        _state[Theta] += _state[Omega] * seconds;

        // P ← F P Fᵀ, where F differs from the identity in the pose's rows alone
        for (var i = 0; i < Size; i++)
        {
            var (theta, speed, turn) = (_covariance[At(Theta, i)], _covariance[At(V, i)], _covariance[At(Omega, i)]);
            _covariance[At(X, i)] += (-way * sin * theta) + (seconds * cos * speed) - (way * seconds / 2 * sin * turn);
            _covariance[At(Y, i)] += (way * cos * theta) + (seconds * sin * speed) + (way * seconds / 2 * cos * turn);
            _covariance[At(Theta, i)] += seconds * turn;
        }
        for (var i = 0; i < Size; i++)
        {
            var (theta, speed, turn) = (_covariance[At(i, Theta)], _covariance[At(i, V)], _covariance[At(i, Omega)]);
            _covariance[At(i, X)] += (-way * sin * theta) + (seconds * cos * speed) - (way * seconds / 2 * sin * turn);
            _covariance[At(i, Y)] += (way * cos * theta) + (seconds * sin * speed) + (way * seconds / 2 * cos * turn);
            _covariance[At(i, Theta)] += seconds * turn;
        }
        MakeSymmetric();
    }

    private void MoveAside(double aside, double seconds)
    {
        var (sin, cos) = Math.SinCos(_state[Theta] + (_state[Omega] * seconds / 2));
        _state[X] -= aside * sin;
        _state[Y] += aside * cos;
        for (var i = 0; i < Size; i++)
        {
            var theta = _covariance[At(Theta, i)];
            _covariance[At(X, i)] -= aside * cos * theta;
            _covariance[At(Y, i)] -= aside * sin * theta;
        }
        for (var i = 0; i < Size; i++)
        {
            var theta = _covariance[At(i, Theta)];
            _covariance[At(i, X)] -= aside * cos * theta;
            _covariance[At(i, Y)] -= aside * sin * theta;
        }
        var variance = RollerSlip * Square(_options.WheelSlip) * Math.Abs(aside);
        _covariance[At(X, X)] += variance * sin * sin;
        _covariance[At(Y, Y)] += variance * cos * cos;
        _covariance[At(X, Y)] -= variance * sin * cos;
        _covariance[At(Y, X)] -= variance * sin * cos;
    }

    /// <param name="left">Metres that the left wheel rolled since the reading before, like <paramref name="right"/>.</param>
    internal void TakeWheels(double left, double right, in DifferentialDriveGeometry geometry, double seconds)
    {
        var perMetre = Square(_options.WheelSlip);
        var counts = Square(_options.EncoderStep * geometry.WheelRadius) / 6; // two ends, each even over one step
        var (leftVariance, rightVariance) = ((perMetre * Math.Abs(left)) + counts, (perMetre * Math.Abs(right)) + counts);
        var variance = (leftVariance + rightVariance) / Square(seconds);
        Correct(V, V, (left + right) / 2 / seconds, variance / 4);
        Correct(Omega, Omega, (right - left) / geometry.TrackWidth / seconds, variance / Square(geometry.TrackWidth));
    }

    /// <param name="rate">Radians a second, bias included.</param>
    internal void TakeGyro(double rate) => Correct(Omega, Bias, rate, Square(_options.GyroNoise));

    /// <summary>The base was told to stand and no encoder counts.</summary>
    internal void TakeStanding()
    {
        Correct(V, V, 0, 1e-8);
        Correct(Omega, Omega, 0, 1e-8);
    }

    /// <summary>Moves the pose towards one that something outside measured; the weight is the gain, and what it says of the measurement's variance is believed. The heading turns the short way.</summary>
    internal void TakePose(in Pose2D pose, double weight)
    {
        _state[X] += weight * (pose.X - _state[X]);
        _state[Y] += weight * (pose.Y - _state[Y]);
        _state[Theta] += weight * Angles.Wrap(pose.Heading - _state[Theta]);
        var scale = Math.Sqrt(1 - weight);
        for (var row = X; row <= Theta; row++)
        {
            for (var i = 0; i < Size; i++)
            {
                _covariance[At(row, i)] *= scale;
                _covariance[At(i, row)] *= scale;
            }
            _covariance[At(row, row)] += 1e-8;
        }
    }

    private void Forget(int state)
    {
        for (var i = 0; i < Size; i++)
            _covariance[At(i, state)] = _covariance[At(state, i)] = 0;
        _covariance[At(state, state)] = Unknown;
    }

    /// <summary>One measured number that is the sum of two states, or one state where both are the same.</summary>
    private void Correct(int first, int second, double measured, double variance)
    {
        var isSum = first != second;
        for (var i = 0; i < Size; i++)
            _column[i] = _covariance[At(i, first)] + (isSum ? _covariance[At(i, second)] : 0);
        var expected = _state[first] + (isSum ? _state[second] : 0);
        var spread = _column[first] + (isSum ? _column[second] : 0) + variance;
        var innovation = (measured - expected) / spread;
        for (var i = 0; i < Size; i++)
            _state[i] += _column[i] * innovation;
        for (var i = 0; i < Size; i++)
        {
            for (var j = 0; j < Size; j++)
                _covariance[At(i, j)] -= _column[i] * _column[j] / spread;
        }
        MakeSymmetric();
    }

    private void MakeSymmetric()
    {
        for (var i = 0; i < Size; i++)
        {
            for (var j = 0; j < i; j++)
                _covariance[At(i, j)] = _covariance[At(j, i)] = (_covariance[At(i, j)] + _covariance[At(j, i)]) / 2;
        }
    }

    private static int At(int row, int column) => (row * Size) + column;

    private static double Square(double value) => value * value;
}

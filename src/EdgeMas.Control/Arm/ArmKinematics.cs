using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Arm;

/// <summary>Where an arm's tool is, and which angles bring it to a place. The tool's direction is not asked for. Immutable; any thread; allocates nothing.</summary>
/// <remarks>
/// Source of the inverse: damped least squares, C. Wampler, Manipulator Inverse Kinematic Solutions Based on Vector Formulations and Damped Least-Squares Methods, 1986; S. Buss, Introduction to
/// Inverse Kinematics with Jacobian Transpose, Pseudoinverse and Damped Least Squares Methods, 2004.
/// </remarks>
public sealed class ArmKinematics(IReadOnlyList<ArmJoint> joints)
{
    private const int Rounds = 200;
    private const int Starts = 24;
    private const double Damping = 0.02;
    private const double LongestStep = 0.1;

    private readonly ArmJoint[] _joints = [.. joints];
    private readonly double[] _sines = [.. joints.Select(joint => Math.Sin(joint.Twist))];
    private readonly double[] _cosines = [.. joints.Select(joint => Math.Cos(joint.Twist))];

    public int JointCount => _joints.Length;

    /// <summary>The tool's place, metres from the base.</summary>
    public Vector3D ToolAt(in JointVector angles)
    {
        Span<Vector3D> axes = stackalloc Vector3D[JointVector.Capacity];
        Span<Vector3D> origins = stackalloc Vector3D[JointVector.Capacity];
        return Walk(angles, axes, origins);
    }

    /// <summary>Looks for angles within the joints' limits that bring the tool to a place: near the start's angles first, then from other ones.</summary>
    /// <param name="tolerance">Metres.</param>
    /// <param name="angles">The nearest that was found.</param>
    /// <returns>Metres from there to the place; above the tolerance when it is out of reach.</returns>
    public double Reach(in Vector3D place, in JointVector start, double tolerance, out JointVector angles)
    {
        angles = start;
        var best = double.PositiveInfinity;
        for (var i = 0; i < Starts && best > tolerance; i++)
        {
            var candidate = i == 0 ? start : Start(i);
            var distance = Approach(place, tolerance / 10, ref candidate);
            if (distance < best)
                (best, angles) = (distance, candidate);
        }
        return best;
    }

    private double Approach(in Vector3D place, double tolerance, ref JointVector angles)
    {
        Span<Vector3D> axes = stackalloc Vector3D[JointVector.Capacity];
        Span<Vector3D> origins = stackalloc Vector3D[JointVector.Capacity];
        Span<Vector3D> columns = stackalloc Vector3D[JointVector.Capacity];
        for (var i = 0; i < _joints.Length; i++)
            angles[i] = Math.Clamp(angles[i], _joints[i].Least, _joints[i].Most);
        for (var round = 0; round < Rounds; round++)
        {
            var tool = Walk(angles, axes, origins);
            var error = place - tool;
            var distance = error.Length;
            if (distance <= tolerance)
                return distance;
            if (distance > LongestStep)
                error *= LongestStep / distance;
            for (var i = 0; i < _joints.Length; i++)
                columns[i] = Vector3D.Cross(axes[i], tool - origins[i]);
            var pull = Solve(columns[.._joints.Length], error);
            for (var i = 0; i < _joints.Length; i++)
                angles[i] = Math.Clamp(angles[i] + Vector3D.Dot(columns[i], pull), _joints[i].Least, _joints[i].Most);
        }
        return (place - Walk(angles, axes, origins)).Length;
    }

    /// <returns>(J Jᵀ + λ²)⁻¹ e, by Cramer's rule.</returns>
    private static Vector3D Solve(ReadOnlySpan<Vector3D> columns, in Vector3D error)
    {
        var (xx, yy, zz, xy, xz, yz) = (Damping * Damping, Damping * Damping, Damping * Damping, 0.0, 0.0, 0.0);
        foreach (ref readonly var c in columns)
        {
            (xx, yy, zz) = (xx + (c.X * c.X), yy + (c.Y * c.Y), zz + (c.Z * c.Z));
            (xy, xz, yz) = (xy + (c.X * c.Y), xz + (c.X * c.Z), yz + (c.Y * c.Z));
        }
        var (first, second, third) = (new Vector3D(xx, xy, xz), new Vector3D(xy, yy, yz), new Vector3D(xz, yz, zz));
        var whole = Vector3D.Dot(first, Vector3D.Cross(second, third));
        return new Vector3D(
            Vector3D.Dot(error, Vector3D.Cross(second, third)), Vector3D.Dot(first, Vector3D.Cross(error, third)), Vector3D.Dot(first, Vector3D.Cross(second, error))) * (1 / whole);
    }

    /// <summary>From the base to the tool; notes each joint's axis and a point on it.</summary>
    private Vector3D Walk(in JointVector angles, Span<Vector3D> axes, Span<Vector3D> origins)
    {
        var (x, y, z, origin) = (new Vector3D(1, 0, 0), new Vector3D(0, 1, 0), new Vector3D(0, 0, 1), default(Vector3D));
        for (var i = 0; i < _joints.Length; i++)
        {
            var joint = _joints[i];
            (axes[i], origins[i]) = (z, origin);
            var (sin, cos) = Math.SinCos(angles[i] + joint.Zero);
            var along = (cos * x) + (sin * y);
            var across = (cos * y) - (sin * x);
            origin += (joint.Offset * z) + (joint.Length * along);
            (x, y, z) = (along, (_cosines[i] * across) + (_sines[i] * z), (_cosines[i] * z) - (_sines[i] * across));
        }
        return origin;
    }

    /// <summary>Angles spread evenly over what the joints can do. Source: the additive recurrence of M. Roberts, The Unreasonable Effectiveness of Quasirandom Sequences, 2018, with roots of primes.</summary>
    private JointVector Start(int number)
    {
        ReadOnlySpan<double> steps = [0.414213562373095, 0.732050807568877, 0.236067977499790, 0.645751311064591, 0.316624790355400, 0.605551275463989];
        var start = default(JointVector);
        for (var i = 0; i < _joints.Length; i++)
            start[i] = _joints[i].Least + ((_joints[i].Most - _joints[i].Least) * (((0.5 + (number * steps[i])) % 1 * 0.9) + 0.05));
        return start;
    }
}

using System.Runtime.CompilerServices;

namespace EdgeMas.Core.Motion;

/// <summary>One number for each of an arm's joints, in order from its base; what lies beyond its joints is 0.</summary>
[InlineArray(Capacity)]
public struct JointVector : IEquatable<JointVector>
{
    /// <summary>Most joints of an arm.</summary>
    public const int Capacity = 6;

    private double _first;

    /// <param name="values">At most <see cref="Capacity"/>.</param>
    public static JointVector Of(params ReadOnlySpan<double> values)
    {
        var vector = default(JointVector);
        values.CopyTo(vector);
        return vector;
    }

    public static bool operator ==(in JointVector a, in JointVector b) => a.Equals(b);

    public static bool operator !=(in JointVector a, in JointVector b) => !a.Equals(b);

    public readonly bool Equals(JointVector other) => ((ReadOnlySpan<double>)this).SequenceEqual(other);

    public override readonly bool Equals(object? obj) => obj is JointVector other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(this[0], this[1], this[2], this[3], this[4], this[5]);

    public override readonly string ToString() => $"[{string.Join(", ", ((ReadOnlySpan<double>)this).ToArray())}]";
}

using System.Text.Json.Serialization;

namespace EdgeMas.Core.Motion;

/// <summary>Where a robot stands on the plane.</summary>
/// <param name="X">Metres.</param>
/// <param name="Y">Metres.</param>
/// <param name="Heading">Radians from the x axis, counter-clockwise, in (−π, π].</param>
[method: JsonConstructor] // a message that lacks a member is refused
public readonly record struct Pose2D(double X, double Y, double Heading)
{
    /// <returns>Metres to another pose's place, whatever the headings.</returns>
    public double DistanceTo(in Pose2D other) => Math.Sqrt(((X - other.X) * (X - other.X)) + ((Y - other.Y) * (Y - other.Y)));
}

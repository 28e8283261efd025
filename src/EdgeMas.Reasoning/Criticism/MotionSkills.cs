namespace EdgeMas.Reasoning.Criticism;

/// <summary>Names of the skills whose effect on the pose is known: one number in metres, one in degrees, one place, none.</summary>
public sealed record MotionSkills(string Drive = "drive", string Turn = "turn", string GoTo = "goto", string Home = "return_home")
{
    internal bool Has(string skill) => skill == Drive || skill == Turn || skill == GoTo || skill == Home;
}

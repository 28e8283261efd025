using EdgeMas.Control.Arm;
using EdgeMas.Control.Flight;
using EdgeMas.Control.Motor;
using EdgeMas.Core.Skills;
using EdgeMas.Host.Configuration;
using EdgeMas.Vision.Looking;

namespace EdgeMas.Host.Robot;

/// <summary>What can be ordered of a configured robot, without starting it.</summary>
internal sealed record Vocabulary(IReadOnlyList<SkillDescriptor> Skills, IReadOnlyList<string> Places)
{
    public static Vocabulary Of(RobotConfiguration robot)
    {
        List<SkillDescriptor> skills =
        [
            .. robot switch
            {
                { Quadrotor: { } quadrotor } => QuadrotorAgent.Describe(quadrotor.Limits),
                { Arm: { } arm } => ArmAgent.Describe(arm.Limits),
                _ => MotorAgent.Describe(robot.Envelope.MaxSpeed, robot.World.Rover.Drive),
            },
        ];
        if (robot.Agents["vision"].Enabled && robot.Quadrotor is null && robot.Arm is null)
            skills.AddRange(VisionAgent.Describe(new VisionOptions()));
        return new Vocabulary(skills, [.. robot.World.Places.Select(place => place.Name), robot.World.Dock.Name]);
    }
}

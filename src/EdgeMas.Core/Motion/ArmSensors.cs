namespace EdgeMas.Core.Motion;

/// <summary>What an arm senses at one moment.</summary>
/// <param name="Timestamp">Of the <see cref="TimeProvider"/> that the body runs on.</param>
/// <param name="Angles">Radians, as the servos report them.</param>
public readonly record struct ArmSensors(long Timestamp, JointVector Angles);

using EdgeMas.Control.Estimation;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Loop;

/// <summary>How the control loop drives, within the envelope. Metres, seconds, radians.</summary>
public sealed record ControlOptions
{
    /// <summary>Where the base stands at the start.</summary>
    public Pose2D StartPose { get; init; }

    /// <summary>Where a goal says nothing.</summary>
    public double CruiseSpeed { get; init; } = 0.8;

    public double CruiseTurnRate { get; init; } = 1.2;

    /// <summary>How it brakes at the end of a goal, per second squared; below the envelope's limit.</summary>
    public double Deceleration { get; init; } = 0.5;

    public double TurnDeceleration { get; init; } = 2;

    /// <summary>A drive has arrived this near its end.</summary>
    public double PositionTolerance { get; init; } = 0.004;

    /// <summary>A turn has arrived this near its end.</summary>
    public double HeadingTolerance { get; init; } = 0.004;

    /// <summary>How far the pose follows the wheels and the gyroscope.</summary>
    public EstimatorOptions Estimator { get; init; } = new();

    /// <summary>Ticks that the base stands at the start, before its first goal, to learn the gyroscope's bias.</summary>
    public int CalibrationTicks { get; init; } = 100;

    /// <summary>How long the envelope may keep the base from moving on before the goal is given up.</summary>
    public TimeSpan BlockedPatience { get; init; } = TimeSpan.FromSeconds(1);

    internal void Check(Envelope.EnvelopeOptions envelope)
    {
        const string name = nameof(ControlOptions);
        ControlOptionsException.ThrowUnlessAbove(CruiseSpeed, 0, $"{name}.{nameof(CruiseSpeed)}");
        ControlOptionsException.ThrowUnlessWithin(CruiseSpeed, 0, envelope.MaxSpeed, $"{name}.{nameof(CruiseSpeed)}");
        ControlOptionsException.ThrowUnlessAbove(CruiseTurnRate, 0, $"{name}.{nameof(CruiseTurnRate)}");
        ControlOptionsException.ThrowUnlessWithin(CruiseTurnRate, 0, envelope.MaxTurnRate, $"{name}.{nameof(CruiseTurnRate)}");
        ControlOptionsException.ThrowUnlessAbove(Deceleration, 0, $"{name}.{nameof(Deceleration)}");
        ControlOptionsException.ThrowUnlessWithin(Deceleration, 0, envelope.MaxDeceleration, $"{name}.{nameof(Deceleration)}");
        ControlOptionsException.ThrowUnlessAbove(TurnDeceleration, 0, $"{name}.{nameof(TurnDeceleration)}");
        ControlOptionsException.ThrowUnlessWithin(TurnDeceleration, 0, envelope.MaxTurnAcceleration, $"{name}.{nameof(TurnDeceleration)}");
        ControlOptionsException.ThrowUnlessAbove(PositionTolerance, 0, $"{name}.{nameof(PositionTolerance)}");
        ControlOptionsException.ThrowUnlessAbove(HeadingTolerance, 0, $"{name}.{nameof(HeadingTolerance)}");
        Estimator.Check();
        ControlOptionsException.ThrowUnlessWithin(CalibrationTicks, 0, 10_000, $"{name}.{nameof(CalibrationTicks)}");
        ControlOptionsException.ThrowUnlessAbove(BlockedPatience, TimeSpan.Zero, $"{name}.{nameof(BlockedPatience)}");
        if (!double.IsFinite(StartPose.X) || !double.IsFinite(StartPose.Y) || !double.IsFinite(StartPose.Heading))
            throw new ControlOptionsException($"{name}.{nameof(StartPose)}", $"{StartPose} is not a pose");
    }
}

namespace EdgeMas.Devices.Arm;

/// <summary>One joint's servo.</summary>
/// <param name="Channel">Of the PCA9685.</param>
/// <param name="LeastAngle">Radians: one end of the joint's range, likewise <paramref name="MostAngle"/>.</param>
/// <param name="ShortestPulse">At the least angle, likewise the longest at the greatest; the servo never gets another one.</param>
public sealed record ServoWiring(int Channel, double LeastAngle, double MostAngle, TimeSpan ShortestPulse, TimeSpan LongestPulse)
{
    /// <summary>The longest pulse is that of the least angle.</summary>
    public bool Reversed { get; init; }

    /// <summary>Radians: where the joint stands before its first pulse, as far as anybody knows.</summary>
    public double StartAngle { get; init; }

    internal void Check(double frequencyHertz)
    {
        if (Channel is < 0 or >= Chips.Pca9685.Pca9685.ChannelCount)
            throw new ArgumentException($"channel {Channel}: a PCA9685 has channels 0 to {Chips.Pca9685.Pca9685.ChannelCount - 1}");
        if (!(LeastAngle < MostAngle) || !(StartAngle >= LeastAngle && StartAngle <= MostAngle))
            throw new ArgumentException($"channel {Channel}: the range {LeastAngle} to {MostAngle} rad must grow, and hold the start {StartAngle}");
        if (!(ShortestPulse > TimeSpan.Zero && ShortestPulse < LongestPulse && LongestPulse.TotalSeconds * frequencyHertz < 1))
            throw new ArgumentException($"channel {Channel}: pulses of {ShortestPulse.TotalMicroseconds} to {LongestPulse.TotalMicroseconds} µs must grow, and be shorter than the period at {frequencyHertz} Hz");
    }
}

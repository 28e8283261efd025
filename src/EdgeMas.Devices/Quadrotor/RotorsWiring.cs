using EdgeMas.Devices.Chips.Pca9685;

namespace EdgeMas.Devices.Quadrotor;

/// <summary>Four speed controllers on one PCA9685, whose motors turn one way only.</summary>
/// <param name="FrontLeft">Channel of the PCA9685, likewise the others. The four are neighbours, in any order: they are told in one transfer.</param>
public sealed record RotorsWiring(int I2cBus, int Address, int FrontLeft, int FrontRight, int BackLeft, int BackRight)
{
    /// <summary>50 to 400, as the controllers' manual says.</summary>
    public double FrequencyHertz { get; init; } = 400;

    /// <summary>Of the chip's oscillator, measured: see <see cref="Pca9685"/>.</summary>
    public double ClockHertz { get; init; } = 25_000_000;

    /// <summary>Stands still. No rotor ever gets a shorter pulse, nor one longer than <see cref="LongestPulse"/>.</summary>
    public TimeSpan ShortestPulse { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>The geometry's highest speed; those between are in proportion.</summary>
    public TimeSpan LongestPulse { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>How long the controllers must see the pulse of standing still before they turn anything.</summary>
    public TimeSpan ArmingTime { get; init; } = TimeSpan.FromSeconds(2);

    internal int FirstChannel => Math.Min(Math.Min(FrontLeft, FrontRight), Math.Min(BackLeft, BackRight));

    /// <exception cref="ArgumentException">A value cannot be used; the message names it.</exception>
    internal void Check()
    {
        int[] channels = [FrontLeft, FrontRight, BackLeft, BackRight];
        if (channels.Distinct().Count() != channels.Length || channels.Max() - channels.Min() != channels.Length - 1 || channels.Min() < 0 || channels.Max() >= Pca9685.ChannelCount)
            throw new ArgumentException($"channels {string.Join(", ", channels)}: the four speed controllers hang on four neighbouring outputs of the PCA9685, such as 0 to 3");
        if (FrequencyHertz is not (>= 50 and <= 400))
            throw new ArgumentException($"{FrequencyHertz} Hz: speed controllers take 50 to 400 pulses a second");
        if (!(ShortestPulse > TimeSpan.Zero && ShortestPulse < LongestPulse && LongestPulse.TotalSeconds * FrequencyHertz < 1))
            throw new ArgumentException($"pulses of {ShortestPulse.TotalMicroseconds} to {LongestPulse.TotalMicroseconds} µs must grow, and be shorter than the period at {FrequencyHertz} Hz");
        if (ArmingTime < TimeSpan.Zero)
            throw new ArgumentException($"{ArmingTime}: an arming time is not negative");
    }
}

namespace EdgeMas.Control.Estimation;

/// <summary>How far the state estimator trusts the wheels and the gyroscope. Standard deviations; metres, seconds, radians.</summary>
public sealed record EstimatorOptions
{
    /// <summary>Of the way of one wheel after one metre; it grows with the root of the way. Source of the model: R. Siegwart and I. Nourbakhsh, Introduction to Autonomous Mobile Robots, 5.2.4.</summary>
    public double WheelSlip { get; init; } = 0.008;

    /// <summary>Of a wheel's angle between two counts of its encoder.</summary>
    public double EncoderStep { get; init; } = 0.003;

    public double GyroNoise { get; init; } = 0.003;

    /// <summary>Of the gyroscope's bias before anything is known of it.</summary>
    public double GyroBias { get; init; } = 0.02;

    /// <summary>How much the bias wanders in one second.</summary>
    public double GyroBiasWander { get; init; } = 1e-5;

    internal void Check()
    {
        const string name = nameof(EstimatorOptions);
        ControlOptionsException.ThrowUnlessAbove(WheelSlip, 0, $"{name}.{nameof(WheelSlip)}");
        ControlOptionsException.ThrowUnlessAbove(EncoderStep, 0, $"{name}.{nameof(EncoderStep)}");
        ControlOptionsException.ThrowUnlessAbove(GyroNoise, 0, $"{name}.{nameof(GyroNoise)}");
        ControlOptionsException.ThrowUnlessAbove(GyroBias, 0, $"{name}.{nameof(GyroBias)}");
        ControlOptionsException.ThrowUnlessAbove(GyroBiasWander, 0, $"{name}.{nameof(GyroBiasWander)}");
    }
}

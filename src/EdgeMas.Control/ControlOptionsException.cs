namespace EdgeMas.Control;

/// <summary>An option of the control loop or the envelope cannot be used.</summary>
/// <param name="option">Its name, such as <c>EnvelopeOptions.MaxSpeed</c>.</param>
public sealed class ControlOptionsException(string option, string reason) : ArgumentException($"{option}: {reason}")
{
    public string Option { get; } = option;

    public string Reason { get; } = reason;

    internal static void ThrowUnlessAbove(double value, double limit, string option)
    {
        if (!(value > limit) || !double.IsFinite(value))
            throw new ControlOptionsException(option, $"{value} must be a number above {limit}");
    }

    /// <summary>Above zero; infinity stands for none.</summary>
    internal static void ThrowUnlessLimit(double value, string option)
    {
        if (!(value > 0))
            throw new ControlOptionsException(option, $"{value} must be a number above 0; leave it out for no limit");
    }

    internal static void ThrowUnlessWithin(double value, double least, double most, string option)
    {
        if (!(value >= least && value <= most))
            throw new ControlOptionsException(option, $"{value} must be between {least} and {most}");
    }

    internal static void ThrowUnlessAbove(TimeSpan value, TimeSpan limit, string option)
    {
        if (value <= limit)
            throw new ControlOptionsException(option, $"{value} must be longer than {limit}");
    }
}

namespace EdgeMas.Core.Messages;

/// <summary>What is read from outside at most. Whatever exceeds it is refused with a <see cref="FormatException"/>.</summary>
public sealed record CloudEventLimits
{
    public static CloudEventLimits Default { get; } = new();

    /// <summary>Of a whole event in structured mode, or of a body in binary mode.</summary>
    public int MaxBytes { get; init; } = 1_048_576;

    /// <summary>Nested objects and arrays.</summary>
    public int MaxDepth { get; init; } = 32;

    /// <summary>Characters of one attribute, such as the id.</summary>
    public int MaxAttributeLength { get; init; } = 1_024;
}

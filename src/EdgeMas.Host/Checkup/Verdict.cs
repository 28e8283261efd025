namespace EdgeMas.Host.Checkup;

/// <summary>What a check says of one thing.</summary>
internal enum Verdict
{
    Ok,

    /// <summary>Missing or poor, and this configuration works without it.</summary>
    Warning,

    /// <summary>This configuration does not work.</summary>
    Failed,
}

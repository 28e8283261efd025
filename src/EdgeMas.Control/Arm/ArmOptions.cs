using EdgeMas.Core.Messages;

namespace EdgeMas.Control.Arm;

/// <summary>What an arm's agent offers.</summary>
public sealed record ArmOptions
{
    /// <summary>Untrusted sources whose orders may move it. <c>stop</c> is open to all.</summary>
    public Taint OpenTo { get; init; } = Taint.Speech | Taint.Model;

    /// <summary>Between two reports of its state.</summary>
    public TimeSpan ReportInterval { get; init; } = TimeSpan.FromMilliseconds(200);
}

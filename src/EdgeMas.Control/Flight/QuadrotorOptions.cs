using EdgeMas.Control.Motor;
using EdgeMas.Core.Messages;

namespace EdgeMas.Control.Flight;

/// <summary>What a quadrotor's agent offers.</summary>
public sealed record QuadrotorOptions
{
    /// <summary>Where <c>goto</c> can go.</summary>
    public IReadOnlyList<MotorPlace> Places { get; init; } = [];

    /// <summary>Untrusted sources whose orders may move it. <c>stop</c> is open to all.</summary>
    public Taint OpenTo { get; init; } = Taint.Speech | Taint.Model;

    /// <summary>Between two reports of its state.</summary>
    public TimeSpan ReportInterval { get; init; } = TimeSpan.FromMilliseconds(200);
}

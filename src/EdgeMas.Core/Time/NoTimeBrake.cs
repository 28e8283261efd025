namespace EdgeMas.Core.Time;

/// <summary>The brake of real time: it cannot be held.</summary>
public sealed class NoTimeBrake : ITimeBrake, IDisposable
{
    public static NoTimeBrake Instance { get; } = new();

    private NoTimeBrake()
    {
    }

    public IDisposable Hold() => this;

    public void Dispose()
    {
    }
}

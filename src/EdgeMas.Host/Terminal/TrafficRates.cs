namespace EdgeMas.Host.Terminal;

/// <summary>Messages a second, over the last second and a half or so. One thread.</summary>
internal sealed class TrafficRates
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    private TimeSpan _at;
    private long _bus;
    private long _broker;

    public double Bus { get; private set; }

    public double Broker { get; private set; }

    public void Take(RunFigures figures, TimeSpan now)
    {
        var passed = now - _at;
        if (passed < Window)
            return;
        var broker = figures.Link.Sent + figures.Link.Received;
        if (_at > TimeSpan.Zero)
            (Bus, Broker) = ((figures.Bus.Published - _bus) / passed.TotalSeconds, (broker - _broker) / passed.TotalSeconds);
        (_at, _bus, _broker) = (now, figures.Bus.Published, broker);
    }
}

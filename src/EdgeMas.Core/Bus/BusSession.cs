using EdgeMas.Core.Messages;

namespace EdgeMas.Core.Bus;

internal sealed class BusSession(InProcessBus bus, string name, string willTopic, Message will, bool retain) : IBusSession
{
    private int _ended;

    public string Name { get; } = name;

    public void Fail()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
            bus.Publish(willTopic, will, Qos.AtLeastOnce, retain);
    }

    public void Dispose() => Interlocked.Exchange(ref _ended, 1);
}

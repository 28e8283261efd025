using EdgeMas.Core.Bus;
using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;

namespace EdgeMas.Control.Stopping;

/// <summary>
/// Pulls the emergency stop when a message comes on the robot's e-stop topic, on the publisher's own thread: no mailbox and no agent is in between. The robot's
/// owner holds it for as long as the control loop lives, so that it works while agents fail and restart. Any message stops; only an <see cref="EStopRequest"/> that says so, from a source that may, releases.
/// </summary>
public sealed class EStopListener : IDeliverySink, IDisposable
{
    private readonly EmergencyStop _stop;
    private readonly Taint _releaseOpenTo;
    private readonly IDisposable _subscription;

    /// <param name="topic"><see cref="Core.Topics.RobotTopics.EStop"/>.</param>
    /// <param name="releaseOpenTo">Untrusted sources that may release the stop.</param>
    public EStopListener(IBus bus, string topic, EmergencyStop stop, Taint releaseOpenTo = Taint.None)
    {
        _stop = stop;
        _releaseOpenTo = releaseOpenTo;
        _subscription = bus.Subscribe(topic, this);
    }

    /// <summary>Stays true for as long as it listens: nothing queues here.</summary>
    public bool TryAccept(in Delivery delivery)
    {
        if (delivery.Message.Data is not EStopRequest { Engaged: false })
            _stop.Engage(EStopReason.Topic);
        else if (MayRelease(delivery))
            _stop.Release();
        return true;
    }

    public void Dispose() => _subscription.Dispose();

    private bool MayRelease(in Delivery delivery)
    {
        var taint = delivery.FromBroker ? delivery.Message.Taint | Taint.Network : delivery.Message.Taint;
        return (taint & ~_releaseOpenTo) == Taint.None && !delivery.Retained; // a kept release is not an answer to the stop of now
    }
}

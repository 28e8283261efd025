namespace EdgeMas.Core.Bus;

/// <summary>The receiving end of a subscription. Called on the publisher's thread: it must not block, throw or allocate.</summary>
public interface IDeliverySink
{
    /// <returns>False when the delivery was not kept (its queue is full); the bus counts it as dropped and tells the publisher.</returns>
    bool TryAccept(in Delivery delivery);
}

namespace EdgeMas.Core.Bus;

/// <summary>What became of one publish: how many subscribers took the message and how many had no room.</summary>
public readonly record struct PublishReceipt(int Accepted, int Dropped)
{
    public bool ReachedAll => Dropped == 0;
}

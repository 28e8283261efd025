namespace EdgeMas.Mqtt;

/// <summary>A broker of ours could not be started.</summary>
/// <param name="address">Where it was to listen, or which program was to be started.</param>
/// <param name="mend">What to do about it.</param>
public sealed class BrokerStartException(string address, string reason, string mend, Exception? inner = null)
    : IOException($"broker at {address} cannot start: {reason}. {mend}", inner)
{
    public string Address { get; } = address;

    public string Mend { get; } = mend;
}

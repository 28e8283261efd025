namespace EdgeMas.Devices.Gpio;

/// <summary>Outputs that are written together: lines of the computer's own chip, or of an expander on a bus.</summary>
public interface IOutputLines : IDisposable
{
    int Count { get; }

    /// <summary>Sets the lines whose bit is in the mask, at once; bit n is the n-th line.</summary>
    void Write(ulong bits, ulong mask);
}

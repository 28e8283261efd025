using EdgeMas.Devices.Gpio;

namespace EdgeMas.Devices.Chips.Encoder;

/// <summary>
/// Counts the edges of two signals a quarter turn apart: four counts a pulse, up while A leads B. Knows when an edge is missing. One thread; allocates nothing.
/// </summary>
public sealed class QuadratureDecoder
{
    private bool _a;
    private bool _b;

    public long Counts { get; private set; }

    /// <summary>Edges that cannot have been the next one: noise, or one was lost before it. Each makes the count wrong by up to two.</summary>
    public long Errors { get; private set; }

    /// <summary>Takes the levels as they are now; the count stays.</summary>
    public void Align(bool a, bool b)
    {
        _a = a;
        _b = b;
    }

    /// <param name="edge">Index 0 is A, 1 is B.</param>
    public void Take(in GpioEdge edge)
    {
        var isA = edge.Index == 0;
        if ((isA ? _a : _b) == edge.Rising)
        {
            Errors++; // it rises from high or falls from low
            return;
        }
        if (isA)
            _a = edge.Rising;
        else
            _b = edge.Rising;
        // Forward, A changes to what B is not, and B to what A is.
        Counts += isA == (_a != _b) ? 1 : -1;
    }
}

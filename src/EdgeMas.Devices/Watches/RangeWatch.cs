using EdgeMas.Core.Motion;
using EdgeMas.Devices.Errors;

namespace EdgeMas.Devices.Watches;

/// <summary>Metres to the nearest thing ahead.</summary>
internal abstract class RangeWatch(TimeSpan period, TimeProvider time) : PartWatch("range finder", period)
{
    /// <summary>Without a measurement for so long it is broken.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly LatestValue<Stamped> _latest = new(new Stamped(0, double.NaN));
    private long _heard;

    /// <summary>Infinity for nothing within reach.</summary>
    internal Stamped Latest => _latest.Read();

    protected override void Open()
    {
        OpenFinder();
        _heard = time.GetTimestamp();
    }

    protected override bool TryRead()
    {
        var now = time.GetTimestamp();
        if (TryMeasure(out var meters) && !double.IsNaN(meters))
        {
            _heard = now;
            _latest.Write(new Stamped(now, meters));
            return true;
        }
        if (time.GetElapsedTime(_heard, now) > Patience)
            throw new DeviceException(Part, "measure", $"nothing came for {Patience.TotalMilliseconds} ms: {Advice}");
        return false;
    }

    protected abstract string Part { get; }

    protected abstract string Advice { get; }

    protected abstract void OpenFinder();

    /// <param name="meters">NaN where the finder itself does not trust it.</param>
    protected abstract bool TryMeasure(out double meters);
}

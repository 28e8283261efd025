using EdgeMas.Devices.Chips.HcSr04;
using EdgeMas.Devices.Watches;

namespace EdgeMas.Devices.Rover;

/// <summary>An HC-SR04, pinged as often as its echoes allow.</summary>
internal sealed class EchoWatch(string chip, HcSr04Wiring wiring, TimeProvider time) : RangeWatch(TimeSpan.FromMilliseconds(5), time)
{
    private readonly TimeProvider _time = time;
    private HcSr04? _finder;
    private long _pinged;

    protected override string Part => $"HC-SR04 at {chip} lines {wiring.TriggerLine} and {wiring.EchoLine}";

    protected override string Advice => "its echo pin stays as it is: check 5 V, ground, trigger and the divider on the echo pin";

    protected override void OpenFinder()
    {
        _finder = new HcSr04(chip, wiring.TriggerLine, wiring.EchoLine, _time);
        Ping();
    }

    protected override bool TryMeasure(out double meters)
    {
        var isNew = _finder!.TryTake(out meters);
        if (_time.GetElapsedTime(_pinged) >= HcSr04.ShortestCycle)
            Ping();
        return isNew;
    }

    protected override void Close()
    {
        _finder?.Dispose();
        _finder = null;
    }

    private void Ping()
    {
        _finder!.Trigger();
        _pinged = _time.GetTimestamp();
    }
}

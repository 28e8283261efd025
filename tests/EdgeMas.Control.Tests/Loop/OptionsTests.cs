using EdgeMas.Control.Envelope;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Motor;

namespace EdgeMas.Control.Tests.Loop;

public sealed class OptionsTests
{
    [Fact]
    public void An_unusable_option_is_named()
    {
        Assert.Equal("EnvelopeOptions.MaxSpeed", Error(limits => limits with { MaxSpeed = 0 }));
        Assert.Equal("EnvelopeOptions.BatteryReserve", Error(limits => limits with { BatteryReserve = 0.5 }));
        Assert.Equal("EnvelopeOptions.Geofence", Error(limits => limits with { Geofence = [new Point2D(0, 0), new Point2D(1, 1)] }));
        Assert.Equal("EnvelopeOptions.Geofence", Error(limits => limits with { Geofence = [new Point2D(0, 0), new Point2D(1, double.NaN), new Point2D(1, 1)] }));
        Assert.Equal("EnvelopeOptions.WatchdogPatience", Error(limits => limits with { WatchdogPatience = TimeSpan.Zero }));
        Assert.Equal("ControlOptions.CruiseSpeed", Error(options: options => options with { CruiseSpeed = 2 }));
        Assert.Equal("ControlOptions.Deceleration", Error(options: options => options with { Deceleration = double.NaN }));
    }

    [Fact]
    public void Two_places_of_one_name_are_refused() => Assert.Contains("'Gate' is there twice", Assert.Throws<ControlOptionsException>(() =>
        new MotorOptions { Places = [new MotorPlace("gate", 1, 1), new MotorPlace("Gate", 2, 2)] }.Check()).Message);

    private static string Error(Func<EnvelopeOptions, EnvelopeOptions>? limits = null, Func<ControlOptions, ControlOptions>? options = null) =>
        Assert.Throws<ControlOptionsException>(() => new YardRig(limits: limits, options: options)).Option;
}

using System.Text.Json;
using EdgeMas.Core.Skills;
using EdgeMas.Reasoning.Orders;
using EdgeMas.Reasoning.Quantities;

namespace EdgeMas.Reasoning.Tests.Quantities;

public sealed class NumberGroundingTests
{
    [Theory]
    [InlineData("go back half a meter and turn right", "distance_m", "0.5 -0.5")]
    [InlineData("go back half a meter and turn right", "angle_deg", "-90")]
    [InlineData("go back half a meter and turn right", "dist_cm", "50 -50")]
    [InlineData("turn left forty five", "angle_deg", "45 -45 90")]
    [InlineData("slightly right", "angle_deg", "-90 -15")]
    [InlineData("turn back and go slow", "speed_mps", "0.2")]
    [InlineData("turn back", "angle_deg", "180 -180")]
    [InlineData("a full circle", "angle_deg", "360 -360")]
    [InlineData("about face", "pan_deg", "180 -180")]
    [InlineData("three feet forward", "distance_m", "0.91 -0.91")]
    [InlineData("hold for two minutes", "seconds", "120")]
    [InlineData("stay for thirty seconds", "minutes", "0.5")]
    [InlineData("wait a moment", "duration_s", "3")]
    [InlineData("slow down to two centimeters a second", "speed_mm_s", "20 -20")]
    [InlineData("dim it halfway", "percent", "50")]
    [InlineData("to 30 percent", "brightness", "30 -30")]
    [InlineData("bake at 200 degrees", "temp_c", "200 -200")]
    [InlineData("wipe it twice", "passes", "2 -2")]
    [InlineData("60 bar for half a minute", "bar", "60 -60")]
    [InlineData("60 bar for half a minute", "secs", "60 3600 30")]
    [InlineData("six inches left then twelve right", "dist_cm", "15.24 -15.24 12 -12 30.48 -30.48")]
    [InlineData("five millimeters", "distance_m", "0.005 -0.005")]
    [InlineData("go ten feet", "distance_m", "3.05 -3.05")]
    [InlineData("wait a minute and a half", "seconds", "90")]
    [InlineData("drive one hundred and twenty centimeters", "distance_m", "1.2 -1.2")]
    [InlineData("a couple of meters ahead", "distance_m", "2 -2")]
    [InlineData("turn at thirty degrees per second", "rate_deg_s", "30 -30")]
    [InlineData("go to the kitchen", "distance_m", "")]
    [InlineData("drive half of the way to the gate", "distance_m", "")]
    [InlineData("go to meters", "distance_m", "2 -2")]
    [InlineData("drive at half speed", "speed_percent", "50 -50")]
    [InlineData("a turn and a half", "angle_deg", "540 -540")]
    [InlineData("drive 1,5 m", "distance_m", "1.5 -1.5")]
    public void The_values_of_an_argument_are_what_the_order_says_in_its_unit(string order, string parameter, string values) =>
        Assert.Equal(values, Values(order, $$$"""{"{{{parameter}}}":{"type":"number"}}"""));

    [Theory]
    [InlineData("""{"v":{"type":"number","x-unit":"m","minimum":0}}""", "10")]
    [InlineData("""{"v":{"type":"number","x-unit":"km"}}""", "0.01 -0.01")]
    [InlineData("""{"v":{"type":"number","x-unit":"m","maximum":5}}""", "10 -10")]
    [InlineData("""{"v":{"type":"number","description":"Distance in centimetres."}}""", "1000 -1000")]
    [InlineData("""{"v":{"type":"integer","x-unit":"km"}}""", "")]
    [InlineData("""{"distance_cm":{"type":"number","x-unit":"m"}}""", "10 -10")]
    [InlineData("""{"v":{"type":"number","x-unit":"deg"}}""", "")]
    [InlineData("""{"v":{"type":"number","x-unit":"[ft_i]"}}""", "32.81 -32.81")]
    [InlineData("""{"v":{"type":"number","x-unit":"s","x-named-values":{"meters":7}}}""", "7")]
    public void The_schema_tells_unit_sign_and_words(string properties, string values) =>
        Assert.Equal(values, Values("go ten meters", properties));

    [Theory]
    [InlineData("distanceMeters", "m")]
    [InlineData("duration_s", "s")]
    [InlineData("speed_kmh", "km/h")]
    [InlineData("speed_mm_s", "mm/s")]
    [InlineData("yaw", "deg")]
    [InlineData("hold_min", "min")]
    [InlineData("peak_c", "Cel")]
    [InlineData("s", null)]
    [InlineData("lumens", null)]
    public void A_name_tells_its_unit(string name, string? unit) =>
        Assert.Equal(unit, ParameterUnits.Of(Parameter($$$"""{"{{{name}}}":{"type":"number"}}"""))?.Symbol);

    private static string Values(string order, string properties) =>
        string.Join(' ', new NumberGrounding(OrderText.TryRead(order, out _)!).ValuesFor(Parameter(properties)).Select(NumberGrounding.Write));

    private static SkillParameter Parameter(string properties) =>
        new SkillDescriptor("act", "", JsonDocument.Parse($$"""{"type":"object","properties":{{properties}}}""").RootElement).Parameters[0];
}

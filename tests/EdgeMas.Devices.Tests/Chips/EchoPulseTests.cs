using EdgeMas.Devices.Chips.HcSr04;
using EdgeMas.Devices.Gpio;

namespace EdgeMas.Devices.Tests.Chips;

public sealed class EchoPulseTests
{
    private readonly EchoPulse _pulse = new();

    [Theory] // sound needs 5.831 ms for one metre and back at 20 °C; the user guide's rule is 58 µs a centimetre
    [InlineData(5_831_000, 20, 1.0)]
    [InlineData(580_000, 20, 0.1)]
    [InlineData(6_037_000, 0, 1.0)]
    public void An_echo_is_the_way_of_sound_there_and_back(long nanoseconds, double celsius, double meters)
    {
        Assert.False(_pulse.Take(Edge(true, 1_000), celsius, out _));
        Assert.True(_pulse.Take(Edge(false, 1_000 + nanoseconds), celsius, out var measured));

        Assert.Equal(meters, measured, 0.001);
    }

    [Fact]
    public void The_long_echo_of_nothing_is_infinitely_far()
    {
        _pulse.Take(Edge(true, 0), 20, out _);

        Assert.True(_pulse.Take(Edge(false, 38_000_000), 20, out var meters));
        Assert.Equal(double.PositiveInfinity, meters);
    }

    [Fact]
    public void The_end_of_an_echo_from_before_is_no_measurement()
    {
        _pulse.Take(Edge(true, 0), 20, out _);
        _pulse.Begin();

        Assert.False(_pulse.Take(Edge(false, 1_000_000), 20, out var meters));
        Assert.Equal(double.NaN, meters);
    }

    private static GpioEdge Edge(bool rising, long nanoseconds) => new(0, rising, nanoseconds, 1);
}

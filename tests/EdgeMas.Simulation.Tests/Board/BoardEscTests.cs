using EdgeMas.Simulation.Board;

namespace EdgeMas.Simulation.Tests.Board;

public sealed class BoardEscTests
{
    private readonly BoardEsc _esc = new();

    [Fact]
    public void It_turns_nothing_before_it_has_seen_the_pulse_of_standing_still_for_a_while()
    {
        Assert.Equal(0, Step(0.0015, 2));
        Assert.Equal(0, Step(0.001, 0.2));
        Assert.Equal(0, Step(0.0015, 1)); // too early: it begins again
        Assert.Equal(0, Step(0.001, 0.5));

        Assert.Equal(0.5, Step(0.0015, 0.01), 1e-9);
        Assert.Equal(1, Step(0.002, 0.01), 1e-9);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.0005)]
    [InlineData(0.003)]
    public void It_stops_without_pulses_that_it_knows_and_has_to_be_armed_again(double pulse)
    {
        Step(0.001, 0.5);
        Step(0.0016, 0.5);

        Assert.Equal(0.6, Step(pulse, 0.05), 1e-9);
        Assert.Equal(0, Step(pulse, 0.1));
        Assert.Equal(0, Step(0.0016, 1));
    }

    private double Step(double pulse, double seconds)
    {
        var share = 0.0;
        for (var i = 0; i < seconds / 0.004; i++)
            share = _esc.Step(pulse, 0.004);
        return share;
    }
}

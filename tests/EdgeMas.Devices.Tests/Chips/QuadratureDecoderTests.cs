using CsCheck;
using EdgeMas.Devices.Chips.Encoder;
using EdgeMas.Devices.Gpio;

namespace EdgeMas.Devices.Tests.Chips;

public sealed class QuadratureDecoderTests
{
    private readonly QuadratureDecoder _decoder = new();
    private uint _sequence;

    [Fact]
    public void A_pulse_with_A_before_B_counts_four_up()
    {
        Feed("A+ B+ A- B-");

        Assert.Equal((4L, 0L), (_decoder.Counts, _decoder.Errors));
    }

    [Fact]
    public void A_pulse_with_B_before_A_counts_four_down()
    {
        Feed("B+ A+ B- A-");

        Assert.Equal(-4, _decoder.Counts);
    }

    [Fact]
    public void A_wheel_that_trembles_on_an_edge_counts_nothing()
    {
        Feed("A+ A- A+ A- A+ A-");

        Assert.Equal((0L, 0L), (_decoder.Counts, _decoder.Errors));
    }

    [Fact]
    public void An_edge_that_cannot_be_the_next_one_is_an_error_and_no_count()
    {
        Feed("A+ A+");

        Assert.Equal((1L, 1L), (_decoder.Counts, _decoder.Errors));
    }

    [Fact]
    public void After_aligning_with_the_levels_counting_goes_on_from_there()
    {
        Feed("A+ B+");
        _decoder.Align(a: false, b: true); // an edge of A was lost
        Feed("B- A+");

        Assert.Equal((4L, 0L), (_decoder.Counts, _decoder.Errors));
    }

    [Fact]
    public void Any_walk_of_the_wheel_is_counted_to_the_last_quarter() => Gen.Bool.Array[0, 200].Sample(steps =>
    {
        var decoder = new QuadratureDecoder();
        var position = 0L;
        foreach (var forward in steps)
        {
            var before = Levels(position);
            position += forward ? 1 : -1;
            var after = Levels(position);
            var index = before.A != after.A ? 0 : 1;
            decoder.Take(new GpioEdge(index, index == 0 ? after.A : after.B, 0, 0));
        }
        Assert.Equal((position, 0L), (decoder.Counts, decoder.Errors));
    });

    [Fact]
    public void Counting_allocates_nothing()
    {
        var edge = new GpioEdge(0, true, 0, 1);
        _decoder.Take(edge);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            _decoder.Take(edge);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static (bool A, bool B) Levels(long position) => (((position % 4) + 4) % 4) switch
    {
        0 => (false, false),
        1 => (true, false),
        2 => (true, true),
        _ => (false, true),
    };

    private void Feed(string edges)
    {
        foreach (var edge in edges.Split(' '))
            _decoder.Take(new GpioEdge(edge[0] == 'A' ? 0 : 1, edge[1] == '+', 0, ++_sequence));
    }
}

using EdgeMas.Simulation.Board;
using Microsoft.Extensions.Time.Testing;

namespace EdgeMas.Simulation.Tests.Board;

/// <summary>The supply of one chip dips.</summary>
public sealed class BrownOutTests
{
    private const int NotAcknowledged = -6; // ENXIO
    private const byte PowerManagement = 0x6B;
    private const byte Asleep = 0x40;

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_chip_whose_supply_dips_answers_after_the_stated_time_and_has_forgotten_its_registers()
    {
        var chip = new PluggedChip(new SimulatedMpu6050(), _time);
        Assert.Equal(0, chip.Write([PowerManagement, 0x01]));
        Assert.Equal(0x01, Read(chip));

        chip.BrownOut(TimeSpan.FromMilliseconds(300));

        Assert.Equal(NotAcknowledged, chip.Write([PowerManagement, 0x01]));
        _time.Advance(TimeSpan.FromMilliseconds(299));
        Assert.Equal(NotAcknowledged, chip.Read(new byte[1]));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(Asleep, Read(chip));
    }

    [Fact]
    public void A_dip_of_no_length_is_seen_only_in_what_was_forgotten()
    {
        var chip = new PluggedChip(new SimulatedMpu6050(), _time);
        chip.Write([PowerManagement, 0x01]);

        chip.BrownOut(TimeSpan.Zero);

        Assert.Equal(Asleep, Read(chip));
    }

    [Fact]
    public void A_range_finder_does_not_measure_any_more()
    {
        const byte interruptStatus = 0x13;
        var chip = new SimulatedVl53l0x();
        chip.Write([0x01, 0x01]); // its two reference measurements, then it runs
        chip.Write([0x00, 0x41]);
        chip.Write([0x01, 0x02]);
        chip.Write([0x00, 0x01]);
        chip.Write([0x01, 0xE8]);
        chip.Write([0x00, 0x02]);
        Assert.True(chip.IsRunning);

        chip.PowerUp();

        Assert.False(chip.IsRunning);
        chip.Write([interruptStatus]);
        var status = new byte[1];
        chip.Read(status);
        Assert.Equal(0, status[0]);
    }

    private static byte Read(PluggedChip chip)
    {
        var value = new byte[1];
        Assert.Equal(0, chip.Write([PowerManagement]));
        Assert.Equal(0, chip.Read(value));
        return value[0];
    }
}

using CsCheck;
using EdgeMas.Simulation.Description;
using EdgeMas.Simulation.World;

namespace EdgeMas.Simulation.Tests.World;

public sealed class SolidsTests
{
    private readonly Solids _yard = new(WorldDescription.Yard());

    [Fact]
    public void Where_a_beam_ends_something_is_and_before_it_nothing() =>
        Gen.Select(Gen.Double[0.3, 24.7], Gen.Double[0.3, 19.7], Gen.Double[0, 2 * Math.PI]).Sample((x, y, angle) =>
        {
            var (sin, cos) = Math.SinCos(angle);
            var range = _yard.Cast(x, y, cos, sin);
            Assert.InRange(range, 0, 33);
            if (range == 0)
                return; // begun inside something
            Assert.Equal(0, _yard.Clearance(x + (range * cos), y + (range * sin)), 1e-6);
            for (var share = 0.1; share < 1; share += 0.1)
                Assert.True(_yard.Clearance(x + (share * range * cos), y + (share * range * sin)) >= -1e-9);
        });

    [Fact]
    public void No_beam_meets_anything_nearer_than_the_clearance() =>
        Gen.Select(Gen.Double[0.3, 24.7], Gen.Double[0.3, 19.7], Gen.Double[0, 2 * Math.PI]).Sample((x, y, angle) =>
        {
            var (sin, cos) = Math.SinCos(angle);
            Assert.True(_yard.Cast(x, y, cos, sin) >= Math.Max(0, _yard.Clearance(x, y)) - 1e-9);
        });
}

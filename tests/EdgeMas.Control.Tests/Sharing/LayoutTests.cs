using System.Runtime.CompilerServices;
using EdgeMas.Control.Body;
using EdgeMas.Control.Goals;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Sharing;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Tests.Sharing;

/// <summary>Where things lie in shared memory. A change here is a new version: <see cref="CoreLayout.Version"/>, <see cref="BodyLayout.Version"/>.</summary>
public sealed class LayoutTests
{
    [Fact]
    public void Version_3_of_the_control_region_lies_so()
    {
        Assert.Equal(3, CoreLayout.Version);
        Assert.Equal((16, 64, 64, 256), (Unsafe.SizeOf<RegionHeader>(), Unsafe.SizeOf<CoreHeader>(), Unsafe.SizeOf<StopLatch>(), Unsafe.SizeOf<HostSlot>()));
        Assert.Equal((64, 80, 32, 160), (Unsafe.SizeOf<MotionGoal>(), Unsafe.SizeOf<GoalEntry>(), Unsafe.SizeOf<PoseCorrection>(), Unsafe.SizeOf<MotionSnapshot>()));

        var core = default(CoreLayout);
        Assert.Equal(16, Offset(ref core.Header, ref core.Header.CorePid));
        Assert.Equal(24, Offset(ref core.Header, ref core.Header.Settings));
        Assert.Equal(32, Offset(ref core.Header, ref core.Header.Session));
        Assert.Equal(64, Offset(ref core, ref core.Stop));
        Assert.Equal(128, Offset(ref core, ref core.Hosts));
        Assert.Equal(128 + (CoreLayout.HostCount * 256), Offset(ref core, ref core.State));
        Assert.Equal((2048, 2520), (Unsafe.SizeOf<BodyTroubles>(), Unsafe.SizeOf<CoreState>()));
        Assert.Equal(464, Offset(ref core.State, ref core.State.Troubles));

        var host = default(HostSlot);
        Assert.Equal(16, Offset(ref host, ref host.Beats));
        Assert.Equal(24, Offset(ref host, ref host.Fence));
        Assert.Equal(32, Offset(ref host, ref host.Fed));
        Assert.Equal(40, Offset(ref host, ref host.FaultsCleared));
        Assert.Equal(48, Offset(ref host, ref host.Goal));
        Assert.Equal(136, Offset(ref host, ref host.Correction));
    }

    [Fact]
    public void Version_2_of_the_body_region_lies_so()
    {
        Assert.Equal(2, BodyLayout.Version);
        Assert.Equal((48, 88, 56), (Unsafe.SizeOf<WheeledGeometry>(), Unsafe.SizeOf<WheeledSensors>(), Unsafe.SizeOf<BodyLayout.NumberedCommand>()));

        var body = default(BodyLayout);
        Assert.Equal(16, Offset(ref body, ref body.Geometry));
        Assert.Equal(64, Offset(ref body, ref body.Session));
        Assert.Equal(72, Offset(ref body, ref body.Wake));
        Assert.Equal(80, Offset(ref body, ref body.Brakes));
        Assert.Equal(88, Offset(ref body, ref body.BrakedAt));
        Assert.Equal(96, Offset(ref body, ref body.Command));
        Assert.Equal(160, Offset(ref body, ref body.Sensors));
        Assert.Equal(256, Unsafe.SizeOf<BodyLayout>());
    }

    private static int Offset<TWhole, TPart>(ref TWhole whole, ref TPart part) => (int)Unsafe.ByteOffset(ref Unsafe.As<TWhole, byte>(ref whole), ref Unsafe.As<TPart, byte>(ref part));
}

using System.Runtime.CompilerServices;
using EdgeMas.Control.Arm;
using EdgeMas.Control.Body;
using EdgeMas.Control.Flight;
using EdgeMas.Control.Goals;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Sharing;
using EdgeMas.Control.Vehicles;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Tests.Sharing;

/// <summary>Where things lie in shared memory. A change here is a new version: <see cref="CoreLayout.Version"/>, <see cref="BodyLayout{TShape,TCommand,TSensors}.Version"/>.</summary>
public sealed class LayoutTests
{
    [Fact]
    public void Version_4_of_the_control_region_lies_so()
    {
        Assert.Equal(4, CoreLayout.Version);
        Assert.Equal((16, 64, 64, 256), (Unsafe.SizeOf<RegionHeader>(), Unsafe.SizeOf<CoreHeader>(), Unsafe.SizeOf<StopLatch>(), Unsafe.SizeOf<HostSlot>()));
        Assert.Equal((64, 80, 32, 160), (Unsafe.SizeOf<MotionGoal>(), Unsafe.SizeOf<GoalEntry<MotionGoal>>(), Unsafe.SizeOf<PoseCorrection>(), Unsafe.SizeOf<MotionSnapshot>()));

        var core = default(CoreLayout);
        Assert.Equal(16, Offset(ref core.Header, ref core.Header.CorePid));
        Assert.Equal(24, Offset(ref core.Header, ref core.Header.Settings));
        Assert.Equal(32, Offset(ref core.Header, ref core.Header.Session));
        Assert.Equal(64, Offset(ref core, ref core.Stop));
        Assert.Equal(128, Offset(ref core, ref core.Hosts));
        Assert.Equal(128 + (CoreLayout.HostCount * 256), Offset(ref core, ref core.State));
        Assert.Equal((2048, 2632), (Unsafe.SizeOf<BodyTroubles>(), Unsafe.SizeOf<CoreState>()));
        Assert.Equal((0, 8, 16), (Offset(ref core.State, ref core.State.Ticks), Offset(ref core.State, ref core.State.IsHostLate), Offset(ref core.State, ref core.State.Snapshot)));
        Assert.Equal(576, Offset(ref core.State, ref core.State.Troubles));

        var host = default(HostSlot);
        Assert.Equal(16, Offset(ref host, ref host.Beats));
        Assert.Equal(24, Offset(ref host, ref host.Fence));
        Assert.Equal(32, Offset(ref host, ref host.Fed));
        Assert.Equal(40, Offset(ref host, ref host.FaultsCleared));
        Assert.Equal(48, Offset(ref host, ref host.Goal));
        Assert.Equal(48 + GoalRoom.Size, Offset(ref host, ref host.Correction));
    }

    [Fact]
    public void Version_2_of_the_body_region_lies_so()
    {
        Assert.Equal(2, BodyLayout<WheeledGeometry, WheelCommand, WheeledSensors>.Version);
        Assert.Equal((48, 88, 56), (Unsafe.SizeOf<WheeledGeometry>(), Unsafe.SizeOf<WheeledSensors>(), Unsafe.SizeOf<NumberedCommand<WheelCommand>>()));

        var body = default(BodyLayout<WheeledGeometry, WheelCommand, WheeledSensors>);
        Assert.Equal(16, Offset(ref body, ref body.Shape));
        Assert.Equal(64, Offset(ref body, ref body.Session));
        Assert.Equal(72, Offset(ref body, ref body.Wake));
        Assert.Equal(80, Offset(ref body, ref body.Brakes));
        Assert.Equal(88, Offset(ref body, ref body.BrakedAt));
        Assert.Equal(96, Offset(ref body, ref body.Command));
        Assert.Equal(160, Offset(ref body, ref body.Sensors));
        Assert.Equal(256, Unsafe.SizeOf<BodyLayout<WheeledGeometry, WheelCommand, WheeledSensors>>());
        Assert.Equal(304, Unsafe.SizeOf<BodyLayout<QuadrotorGeometry, RotorSpeeds, QuadrotorSensors>>());
        Assert.Equal(200, Unsafe.SizeOf<BodyLayout<ArmShape, ArmCommand, ArmSensors>>()); // each kind another: none is taken for another
    }

    [Fact]
    public void Goals_and_snapshots_of_every_kind_of_vehicle_have_room()
    {
        Assert.Equal((64, 80), (Unsafe.SizeOf<GoalEntry<FlightGoal>>(), Unsafe.SizeOf<GoalEntry<ArmGoal>>()));
        Assert.Equal((168, 184), (Unsafe.SizeOf<VehicleSnapshot<FlightState>>(), Unsafe.SizeOf<VehicleSnapshot<ArmState>>()));

        var host = default(HostSlot);
        var core = default(CoreState);
        host.Goal.Of<GoalEntry<ArmGoal>>().Write(default);
        core.Snapshot.Of<VehicleSnapshot<ArmState>>().Write(default);
        Assert.Throws<InvalidOperationException>(() => default(HostSlot).Goal.Of<CoreState>());
        Assert.Throws<InvalidOperationException>(() => default(CoreState).Snapshot.Of<CoreState>());
    }

    private static int Offset<TWhole, TPart>(ref TWhole whole, ref TPart part) => (int)Unsafe.ByteOffset(ref Unsafe.As<TWhole, byte>(ref whole), ref Unsafe.As<TPart, byte>(ref part));
}

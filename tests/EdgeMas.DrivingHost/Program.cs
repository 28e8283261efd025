using EdgeMas.Control.Arm;
using EdgeMas.Control.Desk;
using EdgeMas.Control.Flight;
using EdgeMas.Control.Goals;
using EdgeMas.Control.Leases;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Process;
using EdgeMas.Core.Motion;

// driving-host REGION SETTINGS: takes a vehicle over from a core and moves it to and fro, until it is killed or another host has it. For tests.
var settings = CoreSettings.Parse(File.ReadAllBytes(args[1]));
return settings switch
{
    { Quadrotor: not null } => Fly(FlightDesk.Attach(args[0], settings)),
    { Arm: not null } => MoveArm(ArmDesk.Attach(args[0], settings)),
    _ => DriveRover(MotionDesk.Attach(args[0], settings)),
};

static int DriveRover(MotionDesk desk)
{
    var (goal, way) = (0L, 1.5);
    return Run(desk, lease =>
    {
        var now = desk.Snapshot;
        if (goal != 0 && (now.GoalId != goal || now.State == MotionState.Running))
            return;
        desk.TrySubmit(lease, MotionGoal.Drive(way), out goal);
        way = -way;
    });
}

static int Fly(EdgeMas.Control.Vehicles.VehicleDesk<FlightGoal, FlightState> desk)
{
    var (goal, isFar) = (0L, false);
    return Run(desk, lease =>
    {
        var now = desk.Snapshot;
        if (goal != 0 && (now.GoalId != goal || now.State == MotionState.Running))
            return;
        if (now.Body.Mode == FlightMode.Off)
        {
            desk.TrySubmit(lease, FlightGoal.TakeOff(2), out goal);
            return;
        }
        desk.TrySubmit(lease, FlightGoal.FlyTo(new Vector3D(isFar ? 8 : 12, 10, 2)), out goal);
        isFar = !isFar;
    });
}

static int MoveArm(EdgeMas.Control.Vehicles.VehicleDesk<ArmGoal, ArmState> desk)
{
    var (goal, isAside) = (0L, false);
    return Run(desk, lease =>
    {
        var now = desk.Snapshot;
        if (goal != 0 && (now.GoalId != goal || now.State == MotionState.Running))
            return;
        desk.TrySubmit(lease, ArmGoal.Move(isAside ? JointVector.Of(-1, 1, -1, -1) : JointVector.Of(1, 1.4, -1.4, -0.5)), out goal);
        isAside = !isAside;
    });
}

static int Run(CoreDesk owned, Action<MotionLease> goOn)
{
    using var desk = owned;
    using var heartbeat = new Heartbeat(desk);
    using var pause = new ManualResetEventSlim();
    Console.WriteLine($"session {desk.Session}");
    if (!desk.Leases.TryAcquire("driving-host", out MotionLease lease))
        return 1;
    while (desk.IsCurrent)
    {
        desk.Leases.Feed(lease);
        goOn(lease);
        pause.Wait(TimeSpan.FromMilliseconds(20));
    }
    Console.WriteLine("replaced");
    return 0;
}

using EdgeMas.Control.Desk;
using EdgeMas.Control.Goals;
using EdgeMas.Control.Leases;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Process;

// driving-host REGION SETTINGS: takes a base over from a core and drives it to and fro, until it is killed or another host has the base. For tests.
using var desk = MotionDesk.Attach(args[0], CoreSettings.Parse(File.ReadAllBytes(args[1])));
using var heartbeat = new Heartbeat(desk);
using var pause = new ManualResetEventSlim();
Console.WriteLine($"session {desk.Session}");
var (goal, way) = (0L, 1.5);
if (!desk.Leases.TryAcquire("driving-host", out MotionLease lease))
    return 1;
while (desk.IsCurrent)
{
    desk.Leases.Feed(lease);
    var now = desk.Snapshot;
    if (goal == 0 || (now.GoalId == goal && now.State != MotionState.Running))
    {
        desk.TrySubmit(lease, MotionGoal.Drive(way), out goal);
        way = -way;
    }
    pause.Wait(TimeSpan.FromMilliseconds(20));
}
Console.WriteLine("replaced");
return 0;

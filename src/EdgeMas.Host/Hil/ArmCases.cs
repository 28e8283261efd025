using System.Globalization;
using EdgeMas.Control.Arm;
using EdgeMas.Control.Loop;
using EdgeMas.Control.Trajectory;
using EdgeMas.Control.Vehicles;
using EdgeMas.Core.Motion;

namespace EdgeMas.Host.Hil;

/// <summary>What is expected of every arm, whatever it is made of.</summary>
/// <param name="note">Takes the figures that are measured.</param>
/// <param name="isBusy">As <see cref="HilBench.IsBusy"/>: the times of ramps are not judged then.</param>
internal sealed class ArmCases(MovedArm arm, Action<string> note, bool isBusy)
{
    private const double Degree = Math.PI / 180;

    /// <summary>What a servo is told comes a tick and a period late, sooner or later from one time to the next.</summary>
    private const double LateSeconds = 0.045;

    private const double WindowSeconds = 0.2;

    /// <summary>Share above a limit: windows are cut where pulses change, which comes sooner or later.</summary>
    private const double Slack = 0.15;

    private static readonly Vector3D[] Places = [new(0.3, 0.1, 0.2), new(0.2, -0.25, 0.35), new(0.15, 0.2, 0.15)];

    public static JointVector Folded { get; } = JointVector.Of(0, 60 * Degree, -60 * Degree, -60 * Degree);

    public static JointVector Aside { get; } = JointVector.Of(70 * Degree, 100 * Degree, -120 * Degree, -20 * Degree);

    /// <summary>The angles that the inverse gives are those at which the outside sees the tool in the place, and each joint goes there on a ramp that keeps its limits.</summary>
    public void ReachPlaces()
    {
        ExpectDone(arm.Finish(ArmGoal.Move(Folded)));
        foreach (var place in Places)
        {
            HilBench.True(arm.Loop.Kinematics.Reach(place, arm.Snapshot.Body.Angles, 0.001, out var angles) <= 0.001, $"{place} is in reach");
            var (from, began) = (arm.SeeAll(), arm.Time.GetTimestamp());
            ExpectDone(arm.Finish(ArmGoal.Move(angles)));
            arm.Until(() => Farthest(angles) <= arm.Resolution, "the joints are seen where they were sent");
            var missed = (arm.ToolAt(arm.SeeAll()) - place).Length;
            HilBench.True(missed < 0.001 + (arm.Resolution * 0.8), FormattableString.Invariant($"the tool is seen {missed * 1000:F1} mm from {place}"));
            note(FormattableString.Invariant($"{missed * 1000:F1} mm from the place"));
            ExpectRamps(from, angles, began);
        }
    }

    /// <summary>From one end of its range to the other; no joint is ever seen beyond, and what is asked beyond is refused.</summary>
    public void StayInRange()
    {
        var joints = arm.Loop.Limits.Joints;
        JointVector[] ends =
        [
            JointVector.Of(joints[0].Least, joints[1].Least, joints[2].Most, joints[3].Most), // stretched out and up
            JointVector.Of(joints[0].Most, joints[1].Most, joints[2].Least, joints[3].Least), // rolled up
        ];
        foreach (var end in ends)
        {
            ExpectDone(arm.Finish(ArmGoal.Move(Folded)));
            var began = arm.Time.GetTimestamp();
            ExpectDone(arm.Finish(ArmGoal.Move(end)));
            arm.Until(() => Farthest(end) < 2 * arm.Resolution, "the joints are seen at the ends of their ranges");
            for (var i = 0; i < arm.JointCount; i++)
            {
                ExpectInRange(i, began);
                var past = end;
                past[i] += end[i] == joints[i].Most ? 0.1 : -0.1;
                var refused = arm.Finish(ArmGoal.Move(past));
                HilBench.Equal((MotionState.Refused, MotionCause.Joint), (refused.State, refused.Cause), $"joint {i + 1} beyond its range");
            }
        }
    }

    /// <summary>The owner of a motion dies: the arm comes to rest on its ramps and holds, with its servos' force.</summary>
    public void HoldWhenTheOwnerIsSilent()
    {
        ExpectDone(arm.Finish(ArmGoal.Move(Folded)));
        arm.Begin(ArmGoal.Move(Aside, 0.3));
        arm.Until(() => Math.Abs(arm.See(0) - Folded[0]) > 5 * Degree, "it is on its way", feeds: true);
        arm.Until(() => !arm.Snapshot.IsMoving, "it is given up");
        HilBench.Equal((MotionState.Blocked, MotionCause.Watchdog), (arm.Snapshot.State, arm.Snapshot.Cause), "end of the motion");
        ExpectStanding("after the owner fell silent");
        HilBench.True(Math.Abs(arm.See(0) - Aside[0]) > 5 * Degree, "it stands on the way, not at the end");
    }

    /// <summary>Every joint still has its force, and stays where it is.</summary>
    public void ExpectStanding(string when)
    {
        HilBench.Pause(TimeSpan.FromMilliseconds(700)); // it comes to rest
        var at = arm.SeeAll();
        for (var i = 0; i < arm.JointCount; i++)
            HilBench.True(!double.IsNaN(at[i]), $"joint {i + 1} is let go {when}");
        HilBench.Pause(TimeSpan.FromMilliseconds(500));
        for (var i = 0; i < arm.JointCount; i++)
            HilBench.Near(at[i], arm.See(i), arm.Resolution, $"radians of joint {i + 1}, {when}");
    }

    /// <summary>Nothing moves after a release of the stop, and a new motion is done.</summary>
    public void ReleaseAndGoOn()
    {
        arm.Loop.Desk.EmergencyStop.Release();
        arm.Until(() => !arm.Snapshot.EStop, "released");
        var seen = arm.SeeAll();
        HilBench.Pause(TimeSpan.FromMilliseconds(300));
        HilBench.Equal(seen, arm.SeeAll(), "joints after the stop's release");
        ExpectDone(arm.Finish(ArmGoal.Move(Folded)));
    }

    /// <summary>Begins a motion, and comes back in the midst of it.</summary>
    public void MoveOn()
    {
        var to = Math.Abs(arm.Snapshot.Body.Commanded[0] - Aside[0]) > 0.5 ? Aside : Folded;
        var from = arm.Snapshot.Body.Commanded[0]; // it may be let go now
        arm.Begin(ArmGoal.Move(to));
        arm.Until(() => Math.Abs(arm.See(0) - from) > 4 * Degree, "it is on its way", feeds: true);
    }

    public void ExpectDone(in VehicleSnapshot<ArmState> end)
    {
        if (end.State != MotionState.Done)
            throw new HilFailure($"the motion ended {end.State}, {end.Cause}, not Done; troubles: {string.Join("; ", arm.Troubles)}");
    }

    private double Farthest(in JointVector from)
    {
        var farthest = 0.0;
        for (var i = 0; i < arm.JointCount; i++)
            farthest = Math.Max(farthest, Math.Abs(arm.See(i) - from[i]) is var apart && double.IsNaN(apart) ? double.PositiveInfinity : apart);
        return farthest;
    }

    private void ExpectInRange(int joint, long since)
    {
        var limits = arm.Loop.Limits.Joints[joint];
        foreach (var sight in arm.SightsOf(joint, since))
            HilBench.True(sight.Angle >= limits.Least - 0.001 && sight.Angle <= limits.Most + 0.001, FormattableString.Invariant($"joint {joint + 1} was seen at {sight.Angle:F3} rad, beyond {limits.Least:F3} to {limits.Most:F3}"));
    }

    private void ExpectRamps(in JointVector from, in JointVector to, long began)
    {
        var worst = 0.0;
        for (var i = 0; i < arm.JointCount; i++)
        {
            ExpectInRange(i, began);
            JointSight[] sights = [.. arm.SightsOf(i, began)];
            if (sights.Length < 8 || Math.Abs(to[i] - from[i]) < 5 * Degree)
                continue;
            double[] seconds = [.. sights.Select(sight => arm.Time.GetElapsedTime(began, sight.Timestamp).TotalSeconds)];
            ExpectSpeeds(i, seconds, sights);
            worst = Math.Max(worst, Deviation(i, from[i], to[i], seconds, sights));
        }
        note(string.Create(CultureInfo.InvariantCulture, $"{worst / Degree:F1}° off the jerk-limited ramp at most"));
        if (!isBusy)
            HilBench.True(worst < MostDeviation, FormattableString.Invariant($"a joint is {worst / Degree:F1}° off the jerk-limited ramp"));
    }

    /// <summary>A tick and a period of the fastest joint, and what one looks at it with.</summary>
    private double MostDeviation => (arm.Loop.Limits.Joints.Max(joint => joint.Motion.Speed) * LateSeconds) + arm.Resolution;

    /// <summary>Speeds of windows keep the joint's limit, and change from one window to the next no faster than its acceleration allows.</summary>
    private void ExpectSpeeds(int joint, double[] seconds, JointSight[] sights)
    {
        var motion = arm.Loop.Limits.Joints[joint].Motion;
        var blur = 2 * arm.Resolution / WindowSeconds;
        var before = double.NaN;
        for (var t = seconds[0] - WindowSeconds; t + WindowSeconds < seconds[^1] + WindowSeconds; t += WindowSeconds)
        {
            var speed = (At(t + WindowSeconds) - At(t)) / WindowSeconds;
            var late = isBusy ? 2 : 1 + Slack;
            HilBench.True(Math.Abs(speed) <= (motion.Speed * late) + blur, FormattableString.Invariant($"joint {joint + 1} was seen at {speed / Degree:F0}°/s, above {motion.Speed / Degree:F0}"));
            if (!double.IsNaN(before) && !isBusy)
            {
                var change = Math.Abs(speed - before) / WindowSeconds;
                HilBench.True(change <= (motion.Acceleration * (1 + Slack)) + (2 * blur / WindowSeconds), FormattableString.Invariant($"joint {joint + 1} changed its speed by {change / Degree:F0}°/s², above {motion.Acceleration / Degree:F0}"));
            }
            before = speed;
        }

        double At(double t)
        {
            var k = Array.BinarySearch(seconds, t);
            k = k >= 0 ? k : ~k - 1;
            return sights[Math.Clamp(k, 0, sights.Length - 1)].Angle;
        }
    }

    /// <summary>From the double-S ramp from end to end that lasts as long, wherever on the time axis it fits best.</summary>
    private double Deviation(int joint, double from, double to, double[] seconds, JointSight[] sights)
    {
        var ramp = SCurve.Plan(from, to, arm.Loop.Limits.Joints[joint].Motion);
        var best = double.PositiveInfinity;
        var seen = seconds[^1] - seconds[0];
        for (var stretch = 1.0; stretch < 12; stretch *= 1.03)
        {
            if (ramp.Duration * stretch < seen)
                continue;
            var whole = ramp.Stretched(ramp.Duration * stretch);
            for (var start = seconds[^1] - whole.Duration - 0.1; start <= seconds[0] + 0.1; start += 0.01)
            {
                var worst = 0.0;
                for (var k = 0; k < sights.Length && worst < best; k++)
                    worst = Math.Max(worst, Math.Abs(sights[k].Angle - whole.At(Math.Clamp(seconds[k] - start, 0, whole.Duration)).Position));
                best = Math.Min(best, worst);
            }
            if (ramp.Duration * stretch > seen * 1.8)
                break;
        }
        return best;
    }
}

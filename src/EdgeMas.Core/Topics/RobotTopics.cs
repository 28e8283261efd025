namespace EdgeMas.Core.Topics;

/// <summary>The topic names of one robot: <c>edgemas/v1/{fleet}/{robot}/…</c>. Names are built once and kept, so hot paths do not format strings.</summary>
/// <remarks>Immutable; any thread.</remarks>
public sealed class RobotTopics
{
    /// <param name="fleet">One topic level: no slash, no wildcard, not empty.</param>
    /// <param name="robot">One topic level, as above.</param>
    /// <exception cref="FormatException">A name is not one topic level.</exception>
    public RobotTopics(string fleet, string robot)
    {
        Fleet = CheckLevel(fleet);
        Robot = CheckLevel(robot);
        Root = $"edgemas/v1/{fleet}/{robot}";
    }

    public string Fleet { get; }

    public string Robot { get; }

    /// <summary><c>edgemas/v1/{fleet}/{robot}</c>, without a slash at the end.</summary>
    public string Root { get; }

    public string SpeechHeard => field ??= $"{Root}/speech/heard";

    public string SpeechSay => field ??= $"{Root}/speech/say";

    public string Presence => field ??= $"{Root}/presence";

    public string Health => field ??= $"{Root}/health";

    /// <summary>Latched stop of all actuators. Any message here stops the robot; one whose body is <see cref="Events.EStopRequest"/> with <c>engaged: false</c> releases it.</summary>
    public string EStop => field ??= $"{Root}/estop";

    /// <summary>State of the moving base, <see cref="Events.MotionReport"/>.</summary>
    public string BaseState => field ??= $"{Root}/motion/base/state";

    /// <summary>Where satellites find the robot, <see cref="Events.GnssReport"/>.</summary>
    public string Gnss => field ??= $"{Root}/position/gnss";

    public string Log => field ??= $"{Root}/log";

    /// <summary>Where orders in words arrive: plain text or <see cref="Events.OrderRequest"/>.</summary>
    public string Orders => Inbox("coordinator");

    public string Inbox(string agent) => $"{Root}/agents/{CheckLevel(agent)}/inbox";

    public string AgentState(string agent) => $"{Root}/agents/{CheckLevel(agent)}/state";

    public string MissionState(string mission) => $"{Root}/missions/{CheckLevel(mission)}/state";

    public string MissionSteps(string mission) => $"{Root}/missions/{CheckLevel(mission)}/steps";

    public string Detections(string camera) => $"{Root}/vision/{CheckLevel(camera)}/detections";

    private static string CheckLevel(string level)
    {
        ArgumentException.ThrowIfNullOrEmpty(level);
        if (level.AsSpan().IndexOfAny("/+#\0") >= 0)
            throw new FormatException($"'{level}' is not one topic level: it holds '/', '+', '#' or a null character");
        return level;
    }
}

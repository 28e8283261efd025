using System.Text.Json.Nodes;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Skills;

namespace EdgeMas.Control.Vehicles;

/// <summary>The skills that every body has, and how its own are described.</summary>
internal static class BodySkills
{
    private const Taint Anyone = Taint.Speech | Taint.Network | Taint.Vision | Taint.Model;

    internal static SkillDescriptor Wait { get; } = new("wait", "Wait for this many seconds.", new SkillSchema().Number("seconds", "s", 0, 3600).Build())
    {
        TypicalDuration = TimeSpan.FromSeconds(5),
        TimeLimit = TimeSpan.FromMinutes(61),
        Phrases = ["wait {seconds}", "wait for {seconds}"],
    };

    internal static SkillDescriptor Battery { get; } = new("battery", "Tell how full the battery is.", new SkillSchema().Build())
    {
        Safety = SafetyClass.Observe,
        TypicalDuration = TimeSpan.FromMilliseconds(10),
        Phrases = ["battery", "report battery", "how full is the battery"],
    };

    internal static SkillDescriptor Motion(string name, string description, SkillSchema schema, Taint openTo, double seconds, double minutes, params IReadOnlyList<string> phrases) =>
        new(name, description, schema.Build())
        {
            Safety = SafetyClass.Motion,
            OpenTo = openTo,
            TypicalDuration = TimeSpan.FromSeconds(seconds),
            TimeLimit = TimeSpan.FromMinutes(minutes),
            Phrases = phrases,
        };

    /// <summary>Whoever asks for it, and whatever else runs.</summary>
    internal static SkillDescriptor Stop(string description, TimeSpan timeLimit) => new("stop", description, new SkillSchema().Build())
    {
        Safety = SafetyClass.Motion,
        OpenTo = Anyone,
        Preempts = true,
        TypicalDuration = TimeSpan.FromSeconds(1),
        TimeLimit = timeLimit,
        Phrases = ["stop", "halt", "stop moving"],
    };

    internal static Skill ForWaiting(TimeProvider time) => new(Wait, async (call, cancellationToken) =>
    {
        var seconds = Number(call, "seconds");
        await Task.Delay(TimeSpan.FromSeconds(seconds), time, cancellationToken);
        return SkillOutcome.Done($"waited {seconds:0.##} s");
    });

    /// <param name="charge">0 to 1; NaN while nothing is known.</param>
    internal static Skill ForBattery(Func<double> charge) => new(Battery, (_, _) =>
    {
        var battery = charge();
        return ValueTask.FromResult(double.IsNaN(battery)
            ? SkillOutcome.Failed("the body has not reported its battery yet")
            : SkillOutcome.Done($"battery at {battery * 100:0} %", new JsonObject { ["battery"] = Math.Round(battery, 4) }));
    });

    internal static double Number(SkillCall call, string name) => call.Arguments.GetProperty(name).GetDouble();
}

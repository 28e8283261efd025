using System.Diagnostics;
using System.Globalization;
using EdgeMas.Core.Assets;
using EdgeMas.Core.Skills;
using EdgeMas.Grammar.Constraints;
using EdgeMas.Inference;
using EdgeMas.Reasoning.Constraints;
using EdgeMas.Reasoning.Orders;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeMas.Benchmarks;

/// <summary>What it costs to hold the in-box planner to one more order's plans: making the language, and walking a whole plan. Bound: 5 ms each, in the median.</summary>
internal static class PlanLanguageBenchmark
{
    private const int Orders = 300;
    private const double MostMilliseconds = 5;
    private const string Plan = """[{"name":"turn","arguments":{"angle_deg":90}},{"name":"look_for","arguments":{"object":"red ball"}},{"name":"take_photo","arguments":{},"when":"found"}]""";

    private static readonly string[] Places = ["dock", "gate", "kitchen", "tool shed"];

    private static readonly SkillDescriptor[] Skills =
    [
        Skill("battery"), Skill("count", s => s.Thing("object")), Skill("drive", s => s.Number("distance_m", "m", -50, 50)), Skill("goto", s => s.Place("place")),
        Skill("look_for", s => s.Thing("object")), Skill("return_home"), Skill("say", s => s.Text("text")), Skill("set_speed", s => s.Number("speed_mps", "m/s", 0.05, 1)),
        Skill("stop"), Skill("take_photo"), Skill("turn", s => s.Number("angle_deg", "deg", -720, 720)), Skill("wait", s => s.Number("seconds", "s", 0, 600)),
        Skill("pick_up", s => s.Thing("object")), Skill("drop", s => s.Place("place")), Skill("set_light", s => s.Choice("state", ["on", "off"])),
        Skill("follow", s => s.Thing("who").Number("seconds", "s", 0, 600)), Skill("beep", s => s.Number("times", "1", 1, 10)),
    ];

    internal static bool Run(TextWriter output)
    {
        using var tokenizer = LlamaTokenizer.Load(AssetLocator.FindModel("planner.gguf")!, new LlamaOptions(), NullLogger.Instance);
        var constraints = new GrammarConstraints("planner", tokenizer);
        var tokens = tokenizer.Tokenize(Plan);
        var mask = new uint[(tokenizer.VocabularySize + 31) / 32];
        var forced = new int[64];
        var held = true;
        foreach (var count in (int[])[12, 17])
        {
            var (make, walk) = (new List<double>(), new List<double>());
            for (var i = 0; i < Orders; i++)
            {
                var order = OrderText.TryRead($"turn left then look for the red ball near bay {i} and if you find it take a picture of it, then drive {i} meters", out _)!;
                var began = Stopwatch.GetTimestamp();
                var constraint = constraints.Compile(PlanLanguage.Of(Skills[..count], Places, order));
                make.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                began = Stopwatch.GetTimestamp();
                for (var at = 0; at < tokens.Length;)
                {
                    if (constraint.TakeForced(forced) is > 0 and var taken)
                    {
                        at += taken;
                        continue;
                    }
                    constraint.FillMask(mask);
                    constraint.Accept(tokens[at++]);
                }
                walk.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
            var (made, walked) = (Median(make), Median(walk));
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{count} skills: {made:0.00} ms to make an order's language, {walked:0.00} ms to walk a plan of {tokens.Length} tokens (medians of {Orders}, bound {MostMilliseconds:0} ms each)"));
            held &= made <= MostMilliseconds && walked <= MostMilliseconds;
        }
        return held;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static SkillDescriptor Skill(string name, Func<SkillSchema, SkillSchema>? arguments = null) =>
        new(name, "", (arguments?.Invoke(new SkillSchema()) ?? new SkillSchema()).Build());
}

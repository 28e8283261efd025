using EdgeMas.Core.Agents;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Missions;
using EdgeMas.Core.Models;
using EdgeMas.Core.Outputs;
using EdgeMas.Core.Skills;
using EdgeMas.Grammar;
using EdgeMas.Reasoning.Criticism;
using EdgeMas.Reasoning.Tests.Coordination;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeMas.Reasoning.Tests.Criticism;

public sealed class CriticAgentTests
{
    private const string DriveTen = """[{"name":"drive","arguments":{"distance_m":10}}]""";

    [Fact]
    public async Task Rules_alone_accept_a_plan_that_keeps_them()
    {
        var critique = await AskAsync(null, "go forward ten meters", DriveTen);

        Assert.Equal((true, null, "rules"), (critique.Accepted, critique.Reason, critique.By));
    }

    [Theory]
    [InlineData("yes", true, "rules and model scripted")]
    [InlineData("no", false, "model scripted")]
    public async Task A_model_is_asked_one_question_that_it_can_only_answer_with_yes_or_no(string answer, bool accepted, string by)
    {
        var model = new ScriptedModel(answer);
        var constraints = new HeardLanguage();

        var critique = await AskAsync(model, "go forward ten meters", DriveTen, constraints: constraints);

        Assert.Equal((accepted, by), (critique.Accepted, critique.By));
        var answers = CompiledGrammar.FromLanguage(constraints.Language!);
        Assert.Equal((true, false), (answers.Accepts(answer), answers.Accepts("perhaps")));
        Assert.NotNull(model.Requests[0].Constraint);
        Assert.Contains(DriveTen, model.Requests[0].Turns[^1].Content);
    }

    [Fact]
    public async Task What_a_rule_forbids_no_model_is_asked_about()
    {
        var model = new ScriptedModel("yes");

        var critique = await AskAsync(model, "go forward 200 meters", """[{"name":"drive","arguments":{"distance_m":200}}]""");

        Assert.False(critique.Accepted);
        Assert.Empty(model.Requests);
    }

    [Fact]
    public async Task A_model_that_does_not_answer_in_time_refuses_by_its_silence()
    {
        var model = new ScriptedModel(async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return "yes";
        });

        var critique = await AskAsync(model, "go forward ten meters", DriveTen, Reviews.Options with { ModelLimit = TimeSpan.FromMilliseconds(50) });

        Assert.Equal((false, true, "critic's limit"), (critique.Accepted, critique.Final, critique.By));
    }

    [Fact]
    public async Task A_model_that_fails_refuses_with_its_reason()
    {
        var critique = await AskAsync(new ScriptedModel((_, _) => throw new ModelException("scripted", "out of memory")), "go forward ten meters", DriveTen);

        Assert.False(critique.Accepted);
        Assert.Contains("out of memory", critique.Reason);
    }

    private static async Task<Critique> AskAsync(ILanguageModel? model, string order, string plan, CriticOptions? options = null, IConstraintCompiler? constraints = null)
    {
        var registry = new SkillRegistry();
        registry.Add("body", RoverSkills.All);
        var asker = new Asker();
        await using var agents = new AgentSystem(Reviews.Topics, new InProcessBus(TimeProvider.System), registry, TimeProvider.System, NullLoggerFactory.Instance);
        await agents.StartAsync([new AgentSpec("critic", () => new CriticAgent(options ?? Reviews.Options, model, constraints)), new AgentSpec("asker", () => asker)], CancellationToken.None);
        var proposal = new PlanProposal("m-1", PlanJson.Parse(plan), "test", 1, 1, 0, 0, 0, 0, 0);
        var answer = await asker.Context!.RequestAsync(
            "critic", MessageTypes.CritiqueRequest, new CritiqueRequest("m-1", order, proposal, []), TimeSpan.FromSeconds(20), Taint.None, "m-1", CancellationToken.None);
        return Assert.IsType<Critique>(answer.Data);
    }

    /// <summary>Hears to which language the model is to be held; the scripted one says what it says.</summary>
    private sealed class HeardLanguage : IConstraintCompiler
    {
        internal OutputLanguage? Language { get; private set; }

        public ITokenConstraint CompileJson(System.Text.Json.JsonElement? schema) => throw new NotSupportedException("plans are no schema");

        public ITokenConstraint Compile(OutputLanguage language)
        {
            Language = language;
            return new NoChoice();
        }

        private sealed class NoChoice : ITokenConstraint
        {
            public bool IsComplete => true;

            public void FillMask(Span<uint> mask) => mask.Clear();

            public int TakeForced(Span<int> tokens) => 0;

            public void Accept(int token)
            {
            }
        }
    }

    private sealed class Asker : Agent
    {
        internal AgentContext? Context { get; private set; }

        public override ValueTask StartAsync(AgentContext context, CancellationToken cancellationToken)
        {
            Context = context;
            return ValueTask.CompletedTask;
        }
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using EdgeMas.Core.Models;
using EdgeMas.Core.Outputs;
using EdgeMas.Core.Skills;
using EdgeMas.Grammar;
using EdgeMas.Grammar.Constraints;
using EdgeMas.Reasoning.Constraints;
using EdgeMas.Reasoning.Orders;
using EdgeMas.Reasoning.Tests.Planning;

namespace EdgeMas.Reasoning.Tests.Constraints;

public sealed class PlanLanguageTests(InBoxModel inBox)
{
    private static readonly OrderText Order = Read("look for the red balls in the shed, then drive 2 or 3 meters and say \"come here, please\"");

    [Theory]
    [InlineData("[]", true)]
    [InlineData("""[{"name":"drive","arguments":{"distance_m":2}}]""", true)]
    [InlineData("""[{"name":"drive","arguments":{"distance_m":-3}}]""", true)]
    [InlineData("""[{"name":"drive","arguments":{"distance_m":4}}]""", false)]
    [InlineData("""[{"name":"drive","arguments":{"distance_m":"2"}}]""", false)]
    [InlineData("""[{"name":"drive","arguments":{}}]""", false)]
    [InlineData("""[{"name":"fly","arguments":{}}]""", false)]
    [InlineData("""[{"name":"look_for","arguments":{"object":"red ball"}},{"name":"take_photo","arguments":{},"when":"found"}]""", true)]
    [InlineData("""[{"name":"look_for","arguments":{"object":"red balls"}},{"name":"take_photo","arguments":{},"with_previous":true}]""", true)]
    [InlineData("""[{"name":"take_photo","arguments":{},"when":"found"}]""", false)]
    [InlineData("""[{"name":"look_for","arguments":{"object":"the red ball"}}]""", false)]
    [InlineData("""[{"name":"look_for","arguments":{"object":"blue ball"}}]""", false)]
    [InlineData("""[{"name":"say","arguments":{"text":"come here please"}}]""", true)]
    [InlineData("""[{"name":"goto","arguments":{"place":"tool shed"}}]""", true)]
    [InlineData("""[{"name":"goto","arguments":{"place":"kitchen"}}]""", false)]
    [InlineData("""[{"name":"goto","arguments":{"place":"moon"}}]""", false)]
    [InlineData("""[{"name":"wait","arguments":{"seconds":-2}}]""", false)]
    public void Only_what_the_skills_places_and_words_allow_is_in_the_language(string plan, bool allowed) =>
        Assert.Equal(allowed, Compile(PlanLanguage.Of(RoverSkills.All, RoverSkills.Places, Order)).Accepts(plan));

    [Theory]
    [InlineData(1)]
    [InlineData(PlanLanguage.UsualSteps)]
    [InlineData(32)]
    public void A_plan_has_at_most_as_many_steps_as_are_allowed(int most)
    {
        var grammar = Compile(PlanLanguage.Of(RoverSkills.All, RoverSkills.Places, Order, maxSteps: most));

        Assert.True(grammar.Accepts(Steps(most)));
        Assert.False(grammar.Accepts(Steps(most + 1)));

        static string Steps(int count) => $"[{string.Join(',', Enumerable.Repeat("""{"name":"stop","arguments":{}}""", count))}]";
    }

    [Fact]
    public void The_language_grows_with_the_order_and_not_with_its_square()
    {
        var shortOrder = Parts(PlanLanguage.Of(RoverSkills.All, RoverSkills.Places, Read(string.Join(' ', Enumerable.Repeat("word", 20)))));
        var longOrder = Parts(PlanLanguage.Of(RoverSkills.All, RoverSkills.Places, Read(string.Join(' ', Enumerable.Repeat("word", 100)))));

        Assert.True(longOrder < shortOrder * 5, $"{shortOrder} and {longOrder} parts");
    }

    [Fact]
    public void A_skill_that_needs_a_place_is_not_offered_where_none_is_known()
    {
        var grammar = Compile(PlanLanguage.Of(RoverSkills.All, [], Order));

        Assert.False(grammar.Accepts("""[{"name":"goto","arguments":{}}]"""));
        Assert.True(grammar.Accepts("""[{"name":"stop","arguments":{}}]"""));
    }

    [Theory]
    [InlineData("""{"a":1}""", true)]
    [InlineData("""{"a":1,"b":"red"}""", true)]
    [InlineData("""{"a":1,"c":[2,3]}""", true)]
    [InlineData("""{"a":1,"b":"red","c":[]}""", true)]
    [InlineData("""{"b":"red"}""", false)]
    [InlineData("""{"a":1,"c":["x"]}""", false)]
    [InlineData("""{"a":1,"c":[2],"b":"red"}""", false)]
    public void Optional_arguments_may_be_left_out_and_keep_their_order(string arguments, bool allowed)
    {
        var skill = Skill("""
            {"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"string"},"c":{"type":"array","items":{"type":"integer"}}},"required":["a"]}
            """);

        var grammar = Compile(PlanLanguage.Of([skill], [], Read("make it red")));

        Assert.Equal(allowed, grammar.Accepts($$"""[{"name":"act","arguments":{{arguments}}}]"""));
    }

    [Theory]
    [InlineData("""{"destination":{"type":"string"}}""", """{"destination":"tool shed"}""")]
    [InlineData("""{"q":{"type":"string","description":"The room to clean."}}""", """{"q":"kitchen"}""")]
    [InlineData("""{"item":{"type":"string"}}""", """{"item":"ball"}""")]
    [InlineData("""{"mode":{"enum":[1,2,"auto",null]}}""", """{"mode":"auto"}""")]
    [InlineData("""{"mode":{"enum":[1,2,"auto",null]}}""", """{"mode":null}""")]
    [InlineData("""{"on":{"type":"boolean"}}""", """{"on":true}""")]
    [InlineData("""{"v":{"type":["number","null"]}}""", """{"v":-12.5}""")]
    [InlineData("""{"p":{"type":"object","properties":{"x":{"type":"number"},"y":{"type":"number"}}}}""", """{"p":{"x":1,"y":-2.5}}""")]
    [InlineData("""{"v":{"anyOf":[{"type":"boolean"},{"const":"max"}]}}""", """{"v":"max"}""")]
    [InlineData("""{"v":{}}""", """{"v":0.5}""")]
    public void Schemas_of_other_makers_are_understood(string properties, string arguments)
    {
        var skill = Skill($$"""{"type":"object","properties":{{properties}}}""");

        var grammar = Compile(PlanLanguage.Of([skill], ["kitchen", "tool shed"], Read("find the balls and go to the kitchen or the shed")));

        Assert.True(grammar.Accepts($$"""[{"name":"act","arguments":{{arguments}}}]"""));
    }

    [Fact]
    public void Every_plan_made_from_the_skills_and_the_order_is_in_the_language() => Cases.Sample(
        test =>
        {
            var order = Read($"{test.Order} {test.Places[0]}");
            var grammar = Compile(PlanLanguage.Of(test.Skills, test.Places, order));
            foreach (var skill in test.Skills)
            {
                var arguments = new JsonObject();
                foreach (var parameter in skill.Parameters)
                    arguments[parameter.Name] = ValueFor(parameter, order, test.Places);
                var plan = $$"""[{"name":"{{skill.Name}}","arguments":{{arguments.ToJsonString(Relaxed)}}}]""";
                Assert.True(grammar.Accepts(plan), $"{plan} for '{order.Text}'");
            }
        },
        iter: 300, threads: 1);

    [Fact]
    public async Task What_the_model_writes_is_in_the_language()
    {
        var model = await inBox.GetAsync();
        var constraints = GrammarConstraints.For(model)!;
        foreach (var test in Cases.Array[40].Single())
        {
            var language = PlanLanguage.Of(test.Skills, test.Places, Read(test.Order), maxSteps: 2);
            foreach (var temperature in (float[])[0, 2])
            {
                var request = new GenerationRequest
                {
                    Agent = "test", Prompt = "x", Constraint = constraints.Compile(language), MaxTokens = 500, Sampling = new Core.Models.Sampling(temperature, Seed: 1),
                };
                var written = await model.GenerateAsync(request, null, CancellationToken.None);

                Assert.Equal(FinishReason.Stop, written.Finish);
                Assert.True(Compile(language).Accepts(written.Text), $"{written.Text} for '{test.Order}'");
            }
        }
    }

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Words =
        ["go", "the", "red", "balls", "boxes", "10", "two", "meters", "and", "say", "\"hi\"", "it's", "größe", "左", "a\\b", "50%", "b-12", "😀", "left", "half", "of", "to", "--", "x.y"];

    private static readonly Gen<string> OrderGen = Gen.Int[0, Words.Length - 1].Array[1, 40].Select(picked => "go " + string.Join(' ', picked.Select(i => Words[i])));

    private static readonly Gen<string> KindGen = Gen.Int[0, 6].Select(i => (string[])["number", "integer", "boolean", "thing", "text", "place", "choice"]).Select(Gen.Int[0, 6], (kinds, i) => kinds[i]);

    internal static readonly Gen<Case> Cases = Gen.Select(OrderGen, KindGen.Array[0, 4].Array[1, 17], Gen.Int[1, 7], (order, skills, places) =>
        new Case(order, [.. skills.Select(MakeSkill)], [.. Enumerable.Range(0, places).Select(i => i == 0 ? "mom's \"room\"" : $"bay {i}")]));

    private static SkillDescriptor MakeSkill(string[] kinds, int index)
    {
        var properties = new JsonObject();
        for (var i = 0; i < kinds.Length; i++)
        {
            properties[$"p{i}"] = kinds[i] switch
            {
                "number" or "integer" or "boolean" => new JsonObject { ["type"] = kinds[i] },
                "choice" => new JsonObject { ["type"] = "string", ["enum"] = new JsonArray("on", "half \"on\"", "a\\b") },
                var kind => new JsonObject { ["type"] = "string", ["x-kind"] = kind },
            };
        }
        return new SkillDescriptor($"skill_{index}", "", JsonSerializer.SerializeToElement(new JsonObject { ["type"] = "object", ["properties"] = properties }));
    }

    private static JsonNode ValueFor(SkillParameter parameter, OrderText order, IReadOnlyList<string> places)
    {
        if (parameter.Kind is ParameterKind.Number or ParameterKind.Integer)
        {
            var said = new Reasoning.Quantities.NumberGrounding(order).ValuesFor(parameter);
            return said.Count > 0 ? JsonNode.Parse(Reasoning.Quantities.NumberGrounding.Write(said[0]))! : JsonValue.Create(17);
        }
        return parameter.Kind switch
        {
            ParameterKind.Boolean => true,
            ParameterKind.Choice => parameter.Choices[^1],
            ParameterKind.Place => places[0],
            ParameterKind.Text => string.Join(' ', order.Words),
            _ => order.Words[0],
        };
    }

    private static CompiledGrammar Compile(OutputLanguage language) => CompiledGrammar.FromLanguage(language);

    private static int Parts(OutputLanguage language)
    {
        var seen = new HashSet<OutputLanguage>();
        Visit(language);
        return seen.Count;

        void Visit(OutputLanguage part)
        {
            if (!seen.Add(part))
                return;
            IEnumerable<OutputLanguage> below = part switch { OutputChoice choice => choice.Ways, OutputSequence sequence => sequence.Parts, OutputRepeat repeat => [repeat.Part], _ => [] };
            foreach (var inner in below)
                Visit(inner);
        }
    }

    private static SkillDescriptor Skill(string schema) => new("act", "", JsonDocument.Parse(schema).RootElement);

    private static OrderText Read(string order) => OrderText.TryRead(order, out _)!;

    internal sealed record Case(string Order, IReadOnlyList<SkillDescriptor> Skills, IReadOnlyList<string> Places);
}

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EdgeMas.Grammar.Schemas;
using EdgeMas.Grammar.Tests.Vocabulary;
using EdgeMas.Grammar.Vocabulary;

namespace EdgeMas.Grammar.Tests.Ajv;

/// <summary>Random schemas of the claimed keywords, judged by the grammars and by ajv. A schema may be refused; a verdict may not differ.</summary>
public sealed partial class AjvTests(ITestOutputHelper output)
{
    private const int Seeds = 2;
    private const int SchemasPerSeed = 400;
    private const int InstancesPerSchema = 12;

    /// <summary>Tokens of a walk before it heads for the end, and in all: the bound within which every walk has to end.</summary>
    private const int WalkTokens = 40;
    private const int MostTokens = 2_000;

    /// <summary>Not email and uri: ajv's own patterns are narrower than the RFCs.</summary>
    private static readonly string[] Formats = ["date", "date-time", "time", "duration", "uuid", "ipv4", "ipv6", "hostname", "json-pointer"];

    [Theory]
    [MemberData(nameof(SeedRows))]
    public async Task Verdicts_on_random_schemas_and_instances_are_ajvs(int seed)
    {
        var random = new Random(seed);
        var (questions, verdicts) = (new List<(JsonNode, IReadOnlyList<string>)>(), new List<bool[]>());
        var refused = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < SchemasPerSeed; i++)
        {
            var schema = new RandomSchema(random, Formats).Make();
            if (Compile(schema, refused) is not { } grammar)
                continue;
            var instances = Instances(schema, random);
            questions.Add((schema, instances));
            verdicts.Add([.. instances.Select(text => Judge(grammar, text))]);
        }
        var theirs = await AjvJudge.JudgeAsync(questions, TestContext.Current.CancellationToken);
        var wrong = new List<string>();
        var (pairs, valid) = (0, 0);
        for (var i = 0; i < theirs.Count; i++)
        {
            for (var j = 0; theirs[i] is { } judged && j < judged.Length; j++)
            {
                pairs++;
                valid += judged[j] ? 1 : 0;
                if (judged[j] != verdicts[i][j])
                    wrong.Add($"ajv says {judged[j]} of {questions[i].Item2[j]} for {questions[i].Item1.ToJsonString()}");
            }
        }
        output.WriteLine($"{SchemasPerSeed} schemas, {questions.Count} compiled, {theirs.Count(static t => t is null)} not taken by ajv, {pairs} pairs, {valid} valid; refused: {string.Join("; ", refused.OrderByDescending(static r => r.Value).Select(static r => $"{r.Value} {r.Key}"))}");
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong.OrderBy(static w => w.Length).Take(20).Prepend($"{wrong.Count} wrong")));
        Assert.Equal(questions.Count, theirs.Count);
        Assert.InRange(valid, pairs / 20, pairs); // the instances are not all of one kind
        Assert.InRange(pairs - valid, pairs / 20, pairs);
    }

    [Theory]
    [MemberData(nameof(SeedRows))]
    public async Task Walks_through_the_masks_end_in_what_ajv_calls_valid(int seed)
    {
        var random = new Random(1_000 + seed);
        var vocabulary = new TokenVocabulary(ListedTokenizer.Rich);
        var questions = new List<(JsonNode Schema, IReadOnlyList<string> Texts)>();
        for (var i = 0; i < SchemasPerSeed / 2; i++)
        {
            var schema = new RandomSchema(random, Formats).Make();
            if (Compile(schema, []) is { IsEmpty: false } grammar)
                questions.Add((schema, [.. Enumerable.Range(0, 4).Select(_ => Walk(schema, grammar, vocabulary, random)).Where(static text => !BeyondDoubles().IsMatch(text))]));
        }
        var theirs = await AjvJudge.JudgeAsync(questions, TestContext.Current.CancellationToken);
        var wrong = new List<string>();
        for (var i = 0; i < theirs.Count; i++)
        {
            for (var j = 0; theirs[i] is { } judged && j < judged.Length; j++)
            {
                if (!judged[j])
                    wrong.Add($"{questions[i].Texts[j]} is not valid for {questions[i].Schema.ToJsonString()}");
            }
        }
        output.WriteLine($"{questions.Count} schemas, {questions.Sum(static q => q.Texts.Count)} walks");
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong.OrderBy(static w => w.Length).Take(20).Prepend($"{wrong.Count} wrong")));
        Assert.Equal(questions.Count, theirs.Count);
        Assert.True(questions.Count > SchemasPerSeed / 8, $"only {questions.Count} schemas compiled");
    }

    /// <summary>A number that JavaScript rounds: the grammars' arithmetic is exact, ajv's is not.</summary>
    [GeneratedRegex(@"\d[\d.]{14}|\d[eE][+-]?\d{2}", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex BeyondDoubles();

    public static TheoryData<int> SeedRows => [.. Enumerable.Range(1, Seeds)];

    private static CompiledGrammar? Compile(JsonObject schema, Dictionary<string, int> refused)
    {
        using var document = JsonDocument.Parse(schema.ToJsonString());
        try
        {
            return CompiledGrammar.FromSchema(document.RootElement);
        }
        catch (SchemaException refusal)
        {
            refused[refusal.Reason] = refused.GetValueOrDefault(refusal.Reason) + 1;
            return null;
        }
    }

    private static bool Judge(CompiledGrammar grammar, string text)
    {
        using var value = JsonDocument.Parse(text);
        return grammar.Accepts(value.RootElement);
    }

    private static string[] Instances(JsonObject schema, Random random)
    {
        var maker = new RandomInstance(random, schema);
        var instances = new List<string>();
        while (instances.Count < InstancesPerSchema)
        {
            var instance = maker.Make();
            instances.Add(instance?.ToJsonString() ?? "null");
            instances.Add(maker.Mutate(instance)?.ToJsonString() ?? "null");
        }
        return [.. instances.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Tokens at random, and then those that lead to the end.</summary>
    private static string Walk(JsonObject schema, CompiledGrammar grammar, TokenVocabulary vocabulary, Random random)
    {
        var masks = grammar.MasksFor(vocabulary);
        var (state, mask) = (grammar.Machine.Start, new uint[vocabulary.Words]);
        var text = new List<byte>();
        for (var step = 0; ; step++)
        {
            if (state.Ends && (step > WalkTokens || random.Next(4) == 0))
                return Encoding.UTF8.GetString([.. text]);
            masks.Fill(state, mask);
            int[] allowed = [.. Enumerable.Range(0, vocabulary.Count).Where(token => (mask[token >> 5] & (1u << token)) != 0)];
            if (allowed.Length == 0 && state.Ends)
                return Encoding.UTF8.GetString([.. text]);
            Assert.True(allowed.Length > 0, $"dead end after {Encoding.UTF8.GetString([.. text])}");
            Assert.True(step < MostTokens, $"no end in {MostTokens} tokens for {schema.ToJsonString()}: {Encoding.UTF8.GetString([.. text])}");
            if (step > WalkTokens && random.Next(4) > 0) // the distance is a guide: what is demanded of some property is partly met by chance
                allowed = [allowed.MinBy(token => grammar.Machine.Distance(grammar.Machine.Step(state, vocabulary.BytesOf(token).Span)))];
            var bytes = vocabulary.BytesOf(allowed[random.Next(allowed.Length)]).Span;
            text.AddRange(bytes);
            state = grammar.Machine.Step(state, bytes);
        }
    }
}

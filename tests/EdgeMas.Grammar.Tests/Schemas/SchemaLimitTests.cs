using System.Text.Json;
using EdgeMas.Grammar.Automata;
using EdgeMas.Grammar.Schemas;

namespace EdgeMas.Grammar.Tests.Schemas;

/// <summary>Schemas that want to take all time and memory. Work is counted, not timed: what is refused is refused on every machine.</summary>
public sealed class SchemaLimitTests(ITestOutputHelper output)
{
    /// <summary>Steps that are counted together: more than the allowance by no more than these.</summary>
    private const long MostAtOnce = 1_000_000;

    /// <summary>All that is allocated on the way, most of which is garbage soon.</summary>
    private const long MostMegabytes = 1_000;

    public static TheoryData<string> Hostile => [
        Refused("^(a{0,1000}){0,1000}$"),
        Refused("((((((a{0,9}){0,9}){0,9}){0,9}){0,9}){0,9})"),
        Refused("(a|b)*a(a|b){18}"),
        Refused(".*a.{20}"),
        Refused("^(\\p{L}+\\s?){1,200}$"),
        Refused(new string('(', 300) + "a" + new string(')', 300)),
        Write(new { allOf = Many(20, i => new { anyOf = Many(3, j => new { required = (string[])[$"p{i}_{j}"] }) }) }),
        Write(new { oneOf = Many(300, i => new { type = "object", properties = new { kind = new { @const = $"k{i}" } } }) }),
        Write(new Dictionary<string, object> { ["$ref"] = "#/$defs/d0", ["$defs"] = Many(1_000, i => i).ToDictionary(i => $"d{i}", i => new Dictionary<string, string> { ["$ref"] = $"#/$defs/d{i + 1}" }) }),
        Write(new { type = "array", allOf = Many(3, i => new { contains = new { multipleOf = i + 2 }, minContains = 400 }) }),
        Write(new { type = "array", prefixItems = Many(100_000, _ => new { }) }),
        Write(new { @enum = Many(50_000, i => i) }),
        Write(new { multipleOf = 1.000000001 }),
        Write(new { type = "object", patternProperties = Many(40, i => i).ToDictionary(i => $"{i}", _ => new { type = "integer" }) }),
    ];

    public static TheoryData<string> Large => [
        Write(new { @enum = Many(10_000, i => $"place number {i}") }),
        Write(new { type = "object", properties = Many(9_000, i => i).ToDictionary(i => $"a long name of a property that takes place {i}", _ => new { type = "string", description = "words that take place" }) }),
        Write(new { type = "array", minItems = 1_000_000_000 }),
        Write(new { type = "string", maxLength = 1_000_000_000 }),
        Write(new { @const = new string('x', 1_000_000) }),
        Write(new { type = "string", pattern = "^[a-z]{0,50000}$" }),
        Write(new { type = "string", pattern = "(x+x+)+y" }),
        Write(new { type = "string", pattern = "^(a|aa)+$" }),
        Write(Many(100, i => i).Aggregate((object)new { type = "integer" }, (inner, _) => new { type = "object", properties = new { a = inner }, required = (string[])["a"] })),
        Write(new Dictionary<string, object> { ["$ref"] = "#/$defs/d0", ["$defs"] = Many(2_000, i => i).ToDictionary(i => $"d{i}", i => (object)new { properties = new { a = new Dictionary<string, string> { ["$ref"] = $"#/$defs/d{(i + 1) % 2_000}" } } }) }),
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void What_takes_too_much_is_refused_with_its_place(string schema)
    {
        var refusal = Assert.Throws<SchemaException>(() => CompiledGrammar.FromSchema(schema));

        Assert.StartsWith("schema #", refusal.Message, StringComparison.Ordinal);
        Assert.True(CompiledGrammar.FromSchema("{}").Accepts("1")); // nothing is left behind
    }

    /// <summary>What the options say of work holds for every class of hostile schema, so that time and memory do too, on any machine: only counted work decides.</summary>
    [Theory]
    [MemberData(nameof(Hostile))]
    [MemberData(nameof(Large))]
    public void Each_is_done_with_before_its_allowance_and_within_its_memory(string schema)
    {
        CompiledGrammar.FromSchema("{}"); // tables that all grammars share are not the schema's
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var work = CompileWork.Begin(long.MaxValue);
        var isRefused = false;
        try
        {
            CompiledGrammar.FromSchema(schema);
        }
        catch (SchemaException)
        {
            isRefused = true; // which are is the other tests' matter
        }
        var megabytes = (GC.GetAllocatedBytesForCurrentThread() - before) >> 20;
        output.WriteLine($"{(isRefused ? "refused" : "compiled")}: {work.Done:N0} steps, {megabytes} MB allocated: {schema[..Math.Min(80, schema.Length)]}");

        Assert.InRange(work.Done, 0, new SchemaOptions().MaxWork + MostAtOnce);
        Assert.InRange(megabytes, 0, MostMegabytes);
    }

    [Theory]
    [MemberData(nameof(Large))]
    public void What_is_only_large_compiles(string schema) => Assert.False(CompiledGrammar.FromSchema(schema).IsEmpty);

    [Fact]
    public void A_longer_schema_than_the_options_allow_is_refused()
    {
        var schema = Write(new { description = new string('x', 1_000) });
        var options = new SchemaOptions { MaxLength = 500 };

        Assert.Contains("500", Assert.Throws<SchemaException>(() => CompiledGrammar.FromSchema(schema, options)).Message, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(schema);
        Assert.Throws<SchemaException>(() => CompiledGrammar.FromSchema(document.RootElement, options));
    }

    [Fact]
    public void A_small_allowance_of_work_refuses_and_leaves_nothing_behind()
    {
        var schema = Write(new { type = "string", pattern = "^[a-z]{0,500}$", format = "email" });

        Assert.Throws<SchemaException>(() => CompiledGrammar.FromSchema(schema, new SchemaOptions { MaxWork = 1_000 }));
        Assert.False(CompiledGrammar.FromSchema(Write(new { format = "email" })).IsEmpty);
    }

    private static T[] Many<T>(int count, Func<int, T> make) => [.. Enumerable.Range(0, count).Select(make)];

    private static string Refused(string pattern) => Write(new { type = "string", pattern });

    private static string Write(object schema) => JsonSerializer.Serialize(schema, new JsonSerializerOptions { MaxDepth = 512 });
}

using System.Buffers;
using System.Text;
using System.Text.Json;

namespace EdgeMas.Core.Missions;

/// <summary>
/// A plan as compact JSON: <c>[{"name":…,"arguments":{…},"with_previous":true,"when":"found"}]</c>. What is read is untrusted: it is checked for shape
/// and size here, against the skills by the critic.
/// </summary>
public static class PlanJson
{
    /// <summary>A plan with more steps is refused.</summary>
    public const int MaxSteps = 32;

    private const int MaxCharacters = 32_768;
    private const int MaxDepth = 8;

    /// <exception cref="FormatException">The text is not a plan; the message says what is wrong and in which step.</exception>
    public static Plan Parse(string json)
    {
        if (json.Length > MaxCharacters)
            throw new FormatException($"a plan has at most {MaxCharacters:N0} characters, this has {json.Length:N0}");
        return Read(UntrustedJson.Parse(json, "plan is not JSON that can be used", MaxDepth));
    }

    public static string Write(Plan plan) => Encoding.UTF8.GetString(WriteUtf8(plan).Span);

    public static ReadOnlyMemory<byte> WriteUtf8(Plan plan)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, EdgeMasJson.WriterOptions))
        {
            writer.WriteStartArray();
            foreach (var step in plan.Steps)
                WriteStep(writer, step);
            writer.WriteEndArray();
        }
        return buffer.WrittenMemory;
    }

    private static void WriteStep(Utf8JsonWriter writer, PlanStep step)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, step.Name);
        writer.WritePropertyName("arguments"u8);
        step.Arguments.WriteTo(writer);
        if (step.WithPrevious)
            writer.WriteBoolean("with_previous"u8, true);
        if (step.When != StepGuard.Always)
            writer.WriteString("when"u8, step.When switch { StepGuard.Found => "found", StepGuard.NotFound => "not_found", _ => "failed" });
        writer.WriteEndObject();
    }

    private static Plan Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Array)
            throw new FormatException($"a plan is an array of steps, not {Describe(root)}");
        if (root.GetArrayLength() > MaxSteps)
            throw new FormatException($"a plan has at most {MaxSteps} steps, this has {root.GetArrayLength()}");
        var steps = new List<PlanStep>(root.GetArrayLength());
        foreach (var step in root.EnumerateArray())
            steps.Add(ReadStep(step, steps.Count));
        return new Plan(steps);
    }

    private static PlanStep ReadStep(JsonElement step, int index)
    {
        if (step.ValueKind != JsonValueKind.Object)
            throw new FormatException($"step {index}: expected an object, got {Describe(step)}");
        string? name = null;
        var arguments = EmptyObject;
        var withPrevious = false;
        var when = StepGuard.Always;
        foreach (var property in step.EnumerateObject())
        {
            var value = property.Value;
            switch (property.Name)
            {
                case "name" when value.ValueKind == JsonValueKind.String: name = value.GetString(); break;
                case "arguments" when value.ValueKind == JsonValueKind.Object: arguments = value; break;
                case "with_previous" when value.ValueKind is JsonValueKind.True or JsonValueKind.False: withPrevious = value.GetBoolean(); break;
                case "when": when = ReadGuard(value, index); break;
                default: throw new FormatException($"step {index}: '{Shorten(property.Name)}' is {Describe(value)}, or not a part of a step");
            }
        }
        return new PlanStep(name ?? throw new FormatException($"step {index}: no name"), arguments, withPrevious && index > 0, index > 0 ? when : StepGuard.Always);
    }

    private static StepGuard ReadGuard(JsonElement value, int index) => (value.ValueKind == JsonValueKind.String ? value.GetString() : null) switch
    {
        "found" => StepGuard.Found,
        "not_found" => StepGuard.NotFound,
        "failed" => StepGuard.Failed,
        _ => throw new FormatException($"step {index}: \"when\" is one of found, not_found, failed"),
    };

    private static string Shorten(string text) => text.Length <= 40 ? text : string.Concat(text.AsSpan(0, 40), "…");

    private static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        JsonValueKind.Null => "null",
        var kind => $"a {kind.ToString().ToLowerInvariant()}",
    };

    private static readonly JsonElement EmptyObject = JsonSerializer.SerializeToElement([], EdgeMasJson.Default.JsonObject);
}

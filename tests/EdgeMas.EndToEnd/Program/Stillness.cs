using System.Text.Json;

namespace EdgeMas.EndToEnd.Program;

/// <summary>The world's own word on whether the rover moved.</summary>
internal static class Stillness
{
    internal static void Assert(JsonElement summary)
    {
        foreach (var name in new[] { "x", "y", "heading" })
            Xunit.Assert.Equal(Of("truth_start", name), Of("truth", name), 3);

        double Of(string pose, string name) => summary.GetProperty(pose).GetProperty(name).GetDouble();
    }
}

using System.Globalization;
using System.Security.Cryptography;
using EdgeMas.Core.Models;

namespace EdgeMas.Inference.Persistence;

/// <summary>What the numbers in the memory depend on, in words that a refusal can show.</summary>
internal static class StateFingerprint
{
    /// <summary>Reads the files wholly.</summary>
    internal static string Of(ModelCard card, int gpuLayers) =>
        $"llama.cpp v0.5.0, model {HashOf(card.Path)}, adapter {(card.AdapterPath is null ? "none" : HashOf(card.AdapterPath))}, {gpuLayers} layers on a GPU";

    /// <summary>What the runs of each adapter are marked with, in the order of <see cref="Native.NativeModel.Adapters"/>: its file and scale, whatever its name.
    /// Reads the files wholly.</summary>
    internal static IReadOnlyList<string> OfAdapters(ModelCard card) => ["", .. card.Adapters.Select(OfAdapter), .. card.AdapterPath is null ? [] : (string[])[AdapterCard.None]];

    private static string OfAdapter(AdapterCard adapter) => string.Create(CultureInfo.InvariantCulture, $"{HashOf(adapter.Path)} × {adapter.Scale:R}");

    private static string HashOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}

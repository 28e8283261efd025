using System.Security.Cryptography;
using EdgeMas.Core.Models;

namespace EdgeMas.Inference.Persistence;

/// <summary>What the numbers in the memory depend on, in words that a refusal can show.</summary>
internal static class StateFingerprint
{
    /// <summary>Reads the files wholly.</summary>
    internal static string Of(ModelCard card, int gpuLayers) =>
        $"llama.cpp v0.5.0, model {HashOf(card.Path)}, adapter {(card.AdapterPath is null ? "none" : HashOf(card.AdapterPath))}, {gpuLayers} layers on a GPU";

    private static string HashOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}

using System.Globalization;
using System.Security.Cryptography;
using EdgeMas.Core.Models;

namespace EdgeMas.Inference.Persistence;

/// <summary>
/// What the numbers in the memory depend on: <see cref="Whole"/> in words that a refusal can show, with the hashes of the files; <see cref="Glance"/> by what can
/// be seen of the files without reading them wholly. A robot that starts again with the files that were there when its memory was kept need not read them for that.
/// Any thread.
/// </summary>
internal sealed class StateFingerprint
{
    private const int Samples = 64;
    private const int SampleBytes = 4096;

    private readonly Lock _gate = new();
    private readonly Func<string> _glance;
    private readonly Func<string> _hash;
    private string? _whole;

    private StateFingerprint(Func<string> glance, Func<string> hash)
    {
        _glance = glance;
        _hash = hash;
        Glance = glance();
    }

    /// <summary>Size, time of the last change and the hash of samples of each file, as they were when this was made.</summary>
    internal string Glance { get; }

    /// <summary>Reads the files wholly, unless <see cref="Recall"/> did without.</summary>
    /// <exception cref="IOException">They cannot be read, or are no longer those that this was made of.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    internal string Whole
    {
        get
        {
            lock (_gate)
                return _whole ??= Compute();
        }
    }

    internal static StateFingerprint Of(ModelCard card, int gpuLayers)
    {
        return new StateFingerprint(() => Describe(GlanceOf), () => Describe(HashOf));

        string Describe(Func<string, string> file) =>
            $"llama.cpp v0.5.0, model {file(card.Path)}, adapter {(card.AdapterPath is null ? "none" : file(card.AdapterPath))}, {gpuLayers} layers on a GPU";
    }

    /// <summary>What the runs of each adapter are marked with, in the order of <see cref="Native.NativeModel.Adapters"/>: its file and scale, whatever its name.
    /// Reads the files wholly.</summary>
    internal static IReadOnlyList<string> OfAdapters(ModelCard card) => ["", .. card.Adapters.Select(OfAdapter), .. card.AdapterPath is null ? [] : (string[])[AdapterCard.None]];

    /// <summary>One that is given, for files that are not a model's.</summary>
    internal static StateFingerprint Given(string text) => new(() => text, () => text);

    /// <summary>It is of the same files, and what was kept with it is the whole.</summary>
    /// <param name="glance">Their <see cref="Glance"/> when <paramref name="whole"/> was written.</param>
    internal bool Recall(string glance, string whole)
    {
        if (!string.Equals(glance, Glance, StringComparison.Ordinal))
            return false;
        lock (_gate)
            _whole ??= whole;
        return true;
    }

    private string Compute()
    {
        var whole = _hash();
        return _glance() == Glance ? whole : throw new IOException("the model's file is another than when it was loaded");
    }

    private static string OfAdapter(AdapterCard adapter) => string.Create(CultureInfo.InvariantCulture, $"{HashOf(adapter.Path)} × {adapter.Scale:R}");

    private static string HashOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private static string GlanceOf(string path)
    {
        using var file = File.OpenHandle(path);
        var length = RandomAccess.GetLength(file);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var sample = new byte[SampleBytes];
        for (var i = 0; i < Samples; i++)
            hash.AppendData(sample.AsSpan(0, RandomAccess.Read(file, sample, Math.Max(0, length - SampleBytes) * i / (Samples - 1))));
        return string.Create(CultureInfo.InvariantCulture, $"{length} bytes of {File.GetLastWriteTimeUtc(file):O} {Convert.ToHexStringLower(hash.GetHashAndReset())}");
    }
}

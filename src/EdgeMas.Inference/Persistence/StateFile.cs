using System.Security.Cryptography;
using System.Text;

namespace EdgeMas.Inference.Persistence;

/// <summary>
/// The file that the memory is kept in: a mark, fingerprints of what computed it, the runs, and the SHA-256 of all that. Written beside its place and renamed
/// when it is on the disk: a power cut leaves the old one or the new one.
/// </summary>
/// <param name="fingerprint">Of the model and all that its numbers depend on.</param>
internal sealed class StateFile(string path, StateFingerprint fingerprint)
{
    private const int LongestText = 4096;

    private static readonly byte[] Mark = "EdgeMasKV3\n"u8.ToArray();

    internal string Path => path;

    /// <summary>Tokens whose cells it may hold.</summary>
    internal long MostTokens { get; set; } = long.MaxValue;

    /// <summary>What each adapter's runs are marked with, by its number.</summary>
    internal IReadOnlyList<string> Adapters { get; init; } = [""];

    /// <exception cref="IOException">It cannot be written; the old one stays.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    internal void Write(IReadOnlyList<StateRun> runs)
    {
        var partial = path + ".part";
        try
        {
            using (var file = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                using var hash = SHA256.Create();
                using (var hashed = new CryptoStream(file, hash, CryptoStreamMode.Write, leaveOpen: true))
                using (var writer = new BinaryWriter(hashed, Encoding.UTF8))
                    Write(writer, runs);
                file.Write(hash.Hash!);
                file.Flush(flushToDisk: true);
            }
            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <returns>Empty when there is no file.</returns>
    /// <exception cref="InvalidDataException">It is damaged or of something else; says what.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    internal IReadOnlyList<StateRun> Read()
    {
        if (!File.Exists(path))
            return [];
        var bytes = File.ReadAllBytes(path);
        if (!bytes.AsSpan().StartsWith(Mark))
            throw new InvalidDataException("it is no file of this version of EdgeMas");
        var length = bytes.Length - SHA256.HashSizeInBytes;
        if (length < Mark.Length || !SHA256.HashData(bytes.AsSpan(0, length)).AsSpan().SequenceEqual(bytes.AsSpan(length)))
            throw new InvalidDataException("it is cut off or damaged: its checksum is wrong");
        using var reader = new BinaryReader(new MemoryStream(bytes, 0, length), Encoding.UTF8);
        try
        {
            return Read(reader, bytes);
        }
        catch (EndOfStreamException exception)
        {
            throw new InvalidDataException("it ends inside a number", exception);
        }
    }

    private void Write(BinaryWriter writer, IReadOnlyList<StateRun> runs)
    {
        writer.Write(Mark);
        Write(writer, fingerprint.Glance);
        Write(writer, fingerprint.Whole);
        writer.Write(runs.Count);
        foreach (var run in runs)
        {
            writer.Write(run.Parent);
            writer.Write(run.From);
            Write(writer, run.Adapter);
            writer.Write(run.Tokens.Length);
            foreach (var token in run.Tokens)
                writer.Write(token);
            foreach (var piece in run.Pieces)
            {
                writer.Write(piece.Length);
                writer.Write(piece.Span);
            }
        }
    }

    private static void Write(BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    private List<StateRun> Read(BinaryReader reader, byte[] bytes)
    {
        reader.BaseStream.Position = Mark.Length;
        var (glance, whole) = (Text(reader, bytes), Text(reader, bytes));
        if (!fingerprint.Recall(glance, whole) && whole != fingerprint.Whole)
            throw new InvalidDataException($"it is of another model: {whole}; this one is {fingerprint.Whole}");
        var runs = new List<StateRun>();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var (parent, from) = (reader.ReadInt32(), reader.ReadInt32());
            var adapter = Text(reader, bytes);
            var count = reader.ReadInt32();
            var most = parent < 0 ? 0 : parent < runs.Count ? runs[parent].From + runs[parent].Tokens.Length : -1;
            if (parent < -1 || from < 0 || from > most || count < 1 || count > Left(reader) / sizeof(int))
                throw new InvalidDataException($"run {runs.Count} begins with {from} tokens of run {parent} and has {count} of its own");
            if (parent >= 0 && runs[parent].Adapter != adapter)
                throw new InvalidDataException($"run {runs.Count} begins with tokens of run {parent}, which has another adapter");
            var tokens = new int[count];
            for (var i = 0; i < count; i++)
                tokens[i] = reader.ReadInt32();
            var pieces = new List<ReadOnlyMemory<byte>>();
            while (pieces.Count < StateRun.PiecesOf(count))
                pieces.Add(Slice(reader, bytes, int.MaxValue));
            runs.Add(new StateRun(parent, from, adapter, tokens, pieces));
        }
        return runs;
    }

    private static string Text(BinaryReader reader, byte[] bytes) => Encoding.UTF8.GetString(Slice(reader, bytes, LongestText).Span);

    private static ReadOnlyMemory<byte> Slice(BinaryReader reader, byte[] bytes, int most)
    {
        var length = reader.ReadInt32();
        if (length < 0 || length > Math.Min(most, Left(reader)))
            throw new InvalidDataException($"it has a piece of {length} bytes");
        var start = (int)reader.BaseStream.Position;
        reader.BaseStream.Position = start + length;
        return bytes.AsMemory(start, length);
    }

    private static long Left(BinaryReader reader) => reader.BaseStream.Length - reader.BaseStream.Position;
}

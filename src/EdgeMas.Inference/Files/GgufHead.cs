using System.Text;

namespace EdgeMas.Inference.Files;

/// <summary>
/// The head of a GGUF file that is to be written: entries and the list of tensors, whose data follow in the order of <see cref="AddTensor"/>, each padded with
/// zeros to <see cref="GgufFile.DefaultAlignment"/>. Source of the format: ggml's <c>docs/gguf.md</c>, version 3, little-endian.
/// </summary>
internal sealed class GgufHead
{
    private const uint Unsigned = 4;
    private const uint Signed = 5;
    private const uint Float = 6;
    private const uint Flag = 7;
    private const uint Text = 8;
    private const uint Array = 9;

    private readonly BinaryWriter _entries = new(new MemoryStream());
    private readonly BinaryWriter _tensors = new(new MemoryStream());
    private int _entryCount;
    private int _tensorCount;

    /// <summary>Bytes of the tensors added so far, padding included.</summary>
    internal long DataBytes { get; private set; }

    internal static long Pad(long bytes) => (bytes + GgufFile.DefaultAlignment - 1) / GgufFile.DefaultAlignment * GgufFile.DefaultAlignment;

    internal void Add(string key, string value)
    {
        Begin(key, Text);
        Write(_entries, value);
    }

    internal void Add(string key, uint value)
    {
        Begin(key, Unsigned);
        _entries.Write(value);
    }

    internal void Add(string key, float value)
    {
        Begin(key, Float);
        _entries.Write(value);
    }

    internal void Add(string key, bool value)
    {
        Begin(key, Flag);
        _entries.Write(value);
    }

    internal void Add(string key, IReadOnlyCollection<string> values)
    {
        Begin(key, Array, Text, values.Count);
        foreach (var value in values)
            Write(_entries, value);
    }

    internal void Add(string key, IReadOnlyCollection<int> values)
    {
        Begin(key, Array, Signed, values.Count);
        foreach (var value in values)
            _entries.Write(value);
    }

    /// <summary>An entry of another file as it stands there, key and type included.</summary>
    internal void AddEntry(ReadOnlySpan<byte> entry)
    {
        _entryCount++;
        _entries.Write(entry);
    }

    /// <param name="dimensions">Numbers of a row first.</param>
    internal void AddTensor(string name, uint type, ReadOnlySpan<int> dimensions, long bytes)
    {
        _tensorCount++;
        Write(_tensors, name);
        _tensors.Write(dimensions.Length);
        foreach (var dimension in dimensions)
            _tensors.Write((ulong)dimension);
        _tensors.Write(type);
        _tensors.Write(DataBytes);
        DataBytes += Pad(bytes);
    }

    /// <summary>The whole head, padded: the first tensor's data follow.</summary>
    internal byte[] ToArray()
    {
        using var head = new MemoryStream();
        using var writer = new BinaryWriter(head);
        writer.Write(GgufFile.Magic);
        writer.Write(GgufFile.Version);
        writer.Write((ulong)_tensorCount);
        writer.Write((ulong)_entryCount);
        ((MemoryStream)_entries.BaseStream).WriteTo(head);
        ((MemoryStream)_tensors.BaseStream).WriteTo(head);
        head.SetLength(Pad(head.Length));
        return head.ToArray();
    }

    private void Begin(string key, uint type)
    {
        _entryCount++;
        Write(_entries, key);
        _entries.Write(type);
    }

    private void Begin(string key, uint type, uint elements, int count)
    {
        Begin(key, type);
        _entries.Write(elements);
        _entries.Write((ulong)count);
    }

    private static void Write(BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write((ulong)bytes.Length);
        writer.Write(bytes);
    }
}

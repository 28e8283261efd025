using System.Runtime.InteropServices;
using System.Text;

namespace EdgeMas.Inference.Native;

/// <summary>A metadata entry that stands for the file's own; a list of them ends with one without a key. Layout of llama.cpp v0.5.0, <c>llama.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct llama_model_kv_override
{
    private const int TextBytes = 128;
    private const int Whole = 0;
    private const int Text = 3;

    private int tag;
    private fixed byte key[TextBytes];
    private fixed long value[TextBytes / sizeof(long)]; // a union: a whole number is its first

    /// <param name="key">Up to 127 bytes, as the value.</param>
    internal static llama_model_kv_override Of(string key, string value)
    {
        var entry = new llama_model_kv_override { tag = Text };
        Write(key, entry.key);
        Write(value, (byte*)entry.value);
        return entry;
    }

    internal static llama_model_kv_override Of(string key, long value)
    {
        var entry = new llama_model_kv_override { tag = Whole };
        Write(key, entry.key);
        entry.value[0] = value;
        return entry;
    }

    /// <summary>The rest was zero: the text ends.</summary>
    private static void Write(string text, byte* to) => Encoding.UTF8.GetBytes(text, new Span<byte>(to, TextBytes - 1));
}

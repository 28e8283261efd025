using System.Buffers.Binary;
using EdgeMas.Inference.Files;

namespace EdgeMas.Inference.Synthesis;

/// <summary>
/// Writes numbers as GGUF stores them. Blocks come out as llama-quantize makes them, byte for byte. Source: <c>quantize_row_q4_0_ref</c> and
/// <c>quantize_row_q8_0_ref</c> of llama.cpp v0.5.0.
/// </summary>
internal static class BlockEncoder
{
    private const int Block = 32;

    /// <param name="numbers">Whole blocks.</param>
    /// <returns>Bytes written.</returns>
    internal static int Encode(uint type, ReadOnlySpan<float> numbers, Span<byte> bytes)
    {
        var (size, width) = GgufTensorType.BlockOf(type);
        for (var block = 0; block < numbers.Length / size; block++)
        {
            var source = numbers.Slice(block * size, size);
            var target = bytes.Slice(block * width, width);
            switch (type)
            {
                case GgufTensorType.F32:
                    BinaryPrimitives.WriteSingleLittleEndian(target, source[0]);
                    break;
                case GgufTensorType.F16:
                    BinaryPrimitives.WriteHalfLittleEndian(target, (Half)source[0]);
                    break;
                case GgufTensorType.Q8:
                    EncodeEightBits(source, target);
                    break;
                case GgufTensorType.Q4:
                    EncodeFourBits(source, target);
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(type), type, "no encoder for this type");
            }
        }
        return numbers.Length / size * width;
    }

    /// <summary>A 16-bit scale and 32 signed bytes.</summary>
    private static void EncodeEightBits(ReadOnlySpan<float> numbers, Span<byte> bytes)
    {
        var scale = MathF.Abs(Extreme(numbers)) / sbyte.MaxValue;
        var inverse = scale == 0 ? 0 : 1 / scale;
        BinaryPrimitives.WriteHalfLittleEndian(bytes, (Half)scale);
        for (var i = 0; i < Block; i++)
            bytes[2 + i] = (byte)(sbyte)MathF.Round(numbers[i] * inverse, MidpointRounding.AwayFromZero);
    }

    /// <summary>A 16-bit scale and 16 bytes: the low halves have the first 16 numbers, the high halves the others, all shifted by 8.</summary>
    private static void EncodeFourBits(ReadOnlySpan<float> numbers, Span<byte> bytes)
    {
        var scale = Extreme(numbers) / -8;
        var inverse = scale == 0 ? 0 : 1 / scale;
        BinaryPrimitives.WriteHalfLittleEndian(bytes, (Half)scale);
        for (var i = 0; i < Block / 2; i++)
            bytes[2 + i] = (byte)(FourBits(numbers[i] * inverse) | (FourBits(numbers[i + (Block / 2)] * inverse) << 4));
    }

    private static int FourBits(float scaled) => Math.Min(15, (int)(scaled + 8.5f));

    /// <summary>The number farthest from zero, the first of equals.</summary>
    private static float Extreme(ReadOnlySpan<float> numbers)
    {
        var most = 0f;
        foreach (var number in numbers)
        {
            if (MathF.Abs(number) > MathF.Abs(most))
                most = number;
        }
        return most;
    }
}

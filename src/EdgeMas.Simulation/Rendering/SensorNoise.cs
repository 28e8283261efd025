namespace EdgeMas.Simulation.Rendering;

/// <summary>The grain of a picture sensor: independent for each pixel and channel, the same for the same seed and frame.</summary>
/// <remarks>Source of the generator: G. Marsaglia, "Xorshift RNGs", Journal of Statistical Software 8 (14), 2003.</remarks>
internal static class SensorNoise
{
    /// <param name="strength">Standard deviation in steps of 256.</param>
    public static void Add(Span<byte> rgb, ulong seed, ulong frame, float strength)
    {
        // The sum of four uniform bytes is near enough to normal; its deviation is about 148.
        var scale = (int)(strength / 148f * 65_536f);
        if (scale == 0)
            return;
        var state = (seed * 0x9E3779B97F4A7C15UL) ^ ((frame + 1) * 0xD1B54A32D192ED03UL);
        if (state == 0)
            state = 1;
        for (var i = 0; i < rgb.Length; i++)
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            var sum = (int)(state & 255) + (int)((state >> 16) & 255) + (int)((state >> 32) & 255) + (int)((state >> 48) & 255) - 510;
            rgb[i] = (byte)Math.Clamp(rgb[i] + (((sum * scale) + 32_768) >> 16), 0, 255);
        }
    }
}

using EdgeMas.Audio.Resampling;

namespace EdgeMas.Audio.Files;

/// <summary>Turns the sound bytes of an open file into mono 16 kHz samples, block by block: memory does not grow with the file. One reader.</summary>
internal sealed class PcmReader : IAsyncDisposable
{
    private const int BlockFrames = 2_048;

    private readonly Stream _stream;
    private readonly string _file;
    private readonly SampleFormat _format;
    private readonly int _channels;
    private readonly Resampler _resampler;
    private readonly byte[] _bytes;
    private readonly float[] _mono = new float[BlockFrames];
    private readonly float[] _output = new float[BlockFrames];
    private long _bytesLeft;

    /// <param name="stream">Open at its first sample; owned from now on.</param>
    internal PcmReader(Stream stream, string file, in WavHeader header)
    {
        _stream = stream;
        _file = file;
        _format = header.Format;
        _channels = header.Channels;
        _bytesLeft = header.DataBytes;
        _bytes = new byte[BlockFrames * header.Channels * header.Format.Bytes()];
        _resampler = new Resampler(header.SampleRate, AudioRates.Speech, BlockFrames);
    }

    internal async ValueTask<int> ReadAsync(Memory<short> samples, CancellationToken cancellationToken)
    {
        if (samples.IsEmpty)
            return 0;
        while (true)
        {
            var ready = _resampler.Read(_output.AsSpan(0, Math.Min(_output.Length, samples.Length)));
            if (ready > 0)
            {
                ToInt16(_output.AsSpan(0, ready), samples.Span);
                return ready;
            }
            if (_bytesLeft < 0)
                return 0;
            await FillAsync(cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        var frame = _bytes.Length / BlockFrames;
        var wanted = (int)Math.Min(_bytesLeft, Math.Min(_bytes.Length, _resampler.Room * frame));
        int read;
        try
        {
            read = wanted == 0 ? 0 : await _stream.ReadAtLeastAsync(_bytes.AsMemory(0, wanted), wanted, throwOnEndOfStream: false, cancellationToken);
        }
        catch (IOException error)
        {
            throw new AudioFileException(_file, $"cannot be read further: {error.Message}", error);
        }
        var frames = _format.ToMono(_bytes.AsSpan(0, read), _channels, _mono);
        _resampler.Write(_mono.AsSpan(0, frames));
        _bytesLeft -= read;
        if (read < wanted || _bytesLeft < frame)
        {
            _bytesLeft = -1;
            _resampler.Complete();
        }
    }

    private static void ToInt16(ReadOnlySpan<float> from, Span<short> to)
    {
        for (var i = 0; i < from.Length; i++)
            to[i] = (short)Math.Clamp(MathF.Round(from[i] * 32_768f), short.MinValue, short.MaxValue);
    }
}

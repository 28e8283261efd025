using System.Numerics;

namespace EdgeMas.Audio.Resampling;

/// <summary>
/// Changes the sample rate of a stream: <see cref="Write"/> sound, <see cref="Read"/> what is ready, <see cref="Complete"/> once at the end. One thread;
/// allocates at construction only.
/// </summary>
/// <remarks>
/// A polyphase filter bank of a Kaiser-windowed sinc that cuts at the lower of both Nyquist frequencies. The output is aligned with the input: sample n
/// of the output stands for the time n / to, and n input samples give n × to / from of output, rounded up.
/// Source: J. O. Smith, "Digital Audio Resampling", https://ccrma.stanford.edu/~jos/resample/.
/// </remarks>
internal sealed class Resampler
{
    private const int MaxPhases = 1_024;
    private const int ZeroCrossings = 16; // each side of the sinc
    private const double PassBand = 0.92; // of the lower Nyquist frequency; the rest is the filter's slope
    private const double KaiserBeta = 8; // about 80 dB of stop-band

    private static readonly double KaiserPeak = BesselI0(KaiserBeta);

    private readonly int _up; // output rate over the rates' greatest common divisor
    private readonly int _down; // input rate over the same
    private readonly int _half; // input samples that the filter sees each side
    private readonly int _phases;
    private readonly float[] _bank; // phase after phase, 2 × _half taps each
    private readonly float[] _window; // input still needed, oldest first
    private int _filled;
    private int _position; // of the filter's centre in _window
    private int _fraction; // of an input sample beyond _position, in _up-ths
    private bool _complete;
    private int _inputLeft = -1; // real input samples from _position on, known once complete

    /// <param name="from">Samples per second that come in, above zero.</param>
    /// <param name="to">Samples per second wanted, above zero.</param>
    /// <param name="blockSamples">The most that one <see cref="Write"/> brings.</param>
    public Resampler(int from, int to, int blockSamples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(from, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(to, 1);
        var divisor = (int)BigInteger.GreatestCommonDivisor(from, to);
        _up = to / divisor;
        _down = from / divisor;
        var cutoff = PassBand * Math.Min(1, (double)to / from);
        _half = from == to ? 1 : (int)Math.Ceiling(ZeroCrossings / cutoff);
        _phases = Math.Min(_up, MaxPhases);
        _bank = from == to ? [1, 0] : MakeBank(_phases, _half, cutoff);
        _window = new float[(3 * _half) + blockSamples + 4];
        _position = _half - 1;
        _filled = _position; // the stream begins after silence
    }

    /// <summary>Samples that <see cref="Write"/> takes now.</summary>
    public int Room => _window.Length - _filled - (_half + 1); // the rest is for the silence after the end

    /// <param name="samples">At most <see cref="Room"/>.</param>
    public void Write(ReadOnlySpan<float> samples)
    {
        samples.CopyTo(_window.AsSpan(_filled));
        _filled += samples.Length;
    }

    /// <summary>No more comes: what the filter still holds can be read.</summary>
    public void Complete()
    {
        if (_complete)
            return;
        _complete = true;
        _inputLeft = _filled - _position;
        _window.AsSpan(_filled, _half + 1).Clear();
        _filled += _half + 1;
    }

    /// <returns>Samples written; 0 when more input is needed, or at the end.</returns>
    public int Read(Span<float> output)
    {
        var written = 0;
        while (written < output.Length && _position + _half < _filled && (!_complete || _inputLeft > 0))
        {
            var phase = _phases == _up ? _fraction : (int)((long)_fraction * _phases / _up);
            var taps = _bank.AsSpan(phase * 2 * _half, 2 * _half);
            output[written++] = Dot(_window.AsSpan(_position - _half + 1, taps.Length), taps);
            Advance();
        }
        Drop();
        return written;
    }

    private void Advance()
    {
        _fraction += _down;
        var whole = _fraction / _up;
        _fraction -= whole * _up;
        _position += whole;
        _inputLeft -= _complete ? whole : 0;
    }

    /// <summary>Forgets input that no later output needs.</summary>
    private void Drop()
    {
        var first = Math.Min(_position - _half + 1, _filled);
        if (first <= 0)
            return;
        _window.AsSpan(first, _filled - first).CopyTo(_window);
        _filled -= first;
        _position -= first;
    }

    private static float Dot(ReadOnlySpan<float> samples, ReadOnlySpan<float> taps)
    {
        var sum = 0f;
        var i = 0;
        if (Vector.IsHardwareAccelerated)
        {
            var lanes = Vector<float>.Zero;
            for (; i <= taps.Length - Vector<float>.Count; i += Vector<float>.Count)
                lanes += new Vector<float>(samples[i..]) * new Vector<float>(taps[i..]);
            sum = Vector.Sum(lanes);
        }
        for (; i < taps.Length; i++)
            sum += samples[i] * taps[i];
        return sum;
    }

    private static float[] MakeBank(int phases, int half, double cutoff)
    {
        var bank = new float[phases * 2 * half];
        for (var phase = 0; phase < phases; phase++)
        {
            var taps = bank.AsSpan(phase * 2 * half, 2 * half);
            var total = 0.0;
            for (var tap = 0; tap < taps.Length; tap++)
            {
                var distance = tap - (half - 1) - ((double)phase / phases);
                var value = Sinc(cutoff * distance) * Kaiser(distance / half);
                taps[tap] = (float)value;
                total += value;
            }
            foreach (ref var tap in taps)
                tap = (float)(tap / total); // every phase passes a constant unchanged
        }
        return bank;
    }

    private static double Sinc(double x) => Math.Abs(x) < 1e-9 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    /// <param name="x">−1 to 1.</param>
    private static double Kaiser(double x) => Math.Abs(x) >= 1 ? 0 : BesselI0(KaiserBeta * Math.Sqrt(1 - (x * x))) / KaiserPeak;

    /// <summary>The modified Bessel function of order zero, by its power series.</summary>
    private static double BesselI0(double x)
    {
        double sum = 1, term = 1;
        for (var k = 1; term > sum * 1e-9; k++)
        {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }
}

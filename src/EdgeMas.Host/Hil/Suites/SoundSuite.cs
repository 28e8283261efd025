using EdgeMas.Audio.Devices;
using EdgeMas.Core.Speech;

namespace EdgeMas.Host.Hil.Suites;

/// <summary>Loudspeaker and microphone through the kernel's snd-aloop: what is played on one side is captured on the other.</summary>
internal sealed class SoundSuite : HilSuite
{
    private const int Rate = 16_000;
    private const double Hertz = 700;
    private const double Amplitude = 0.5;
    private const string Loudspeaker = "plughw:1,0";
    private const string Microphone = "plughw:1,1";
    private const string Elsewhere = "plughw:0,0"; // snd-dummy: played, and heard by nobody

    private string _loudspeaker = Loudspeaker;

    public override string Name => "sound";

    public override string Description => "ALSA: a tone that is played is captured with its pitch and its loudness, silence is silent, a card that is not there";

    public override IReadOnlyList<HilCase> Cases =>
    [
        new("a tone that is played is captured with its pitch and its loudness", bench =>
        {
            var heard = PlayAndHear([.. Enumerable.Range(0, Rate).Select(i => (short)(Amplitude * short.MaxValue * Math.Sin(2 * Math.PI * Hertz * i / Rate)))]);
            bench.Note($"loudness {heard:F3} of {Amplitude}");
            HilBench.Near(Amplitude, heard, Amplitude / 5, "loudness at 700 Hz");
        }),
        new("silence is silent", _ => HilBench.Near(0, PlayAndHear(new short[Rate]), 0.01, "loudness at 700 Hz")),
        new("a card that is not there is an error that names it", _ =>
            HilBench.Throws<AudioDeviceException>(() => new AlsaAudioSource("plughw:7,0").DisposeAsync().AsTask().GetAwaiter().GetResult(), "plughw:7,0")),
    ];

    public override IReadOnlyList<HilFault> Faults => [new("loudspeaker-unplugged", _ => _loudspeaker = Elsewhere)];

    private double PlayAndHear(short[] sound) => PlayAndHearAsync(sound).GetAwaiter().GetResult();

    /// <returns>The largest amplitude of 700 Hz, 0 to 1, in what was captured while the sound was played.</returns>
    private async Task<double> PlayAndHearAsync(short[] sound)
    {
        var heard = new List<short>();
        await using var source = new AlsaAudioSource(Microphone);
        await using var sink = new AlsaAudioSink(_loudspeaker);
        var playing = sink.PlayAsync(new AudioClip(sound, Rate), CancellationToken.None).AsTask();
        var block = new short[Rate / 50];
        while (!playing.IsCompleted || heard.Count < Rate / 2)
            heard.AddRange(block.AsSpan(0, await source.ReadAsync(block, CancellationToken.None)));
        await playing;
        return Loudest(heard);
    }

    /// <summary>Of all quarter seconds, by G. Goertzel's sum for one frequency.</summary>
    private static double Loudest(List<short> heard)
    {
        const int part = Rate / 4;
        var most = 0.0;
        for (var from = 0; from + part <= heard.Count; from += part / 4)
        {
            var (real, imaginary) = (0.0, 0.0);
            for (var i = 0; i < part; i++)
            {
                var (sine, cosine) = Math.SinCos(2 * Math.PI * Hertz * i / Rate);
                real += heard[from + i] * cosine;
                imaginary += heard[from + i] * sine;
            }
            most = Math.Max(most, 2 * Math.Sqrt((real * real) + (imaginary * imaginary)) / part / short.MaxValue);
        }
        return most;
    }
}

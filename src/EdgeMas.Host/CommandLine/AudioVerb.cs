using System.CommandLine;
using System.Text.Json.Nodes;
using EdgeMas.Audio.Devices;
using EdgeMas.Audio.Files;
using EdgeMas.Audio.Synthesis;
using EdgeMas.Core.Speech;
using EdgeMas.Host.Configuration;
using EdgeMas.Host.Listening;

namespace EdgeMas.Host.CommandLine;

/// <summary><c>edgemas audio listen|transcribe|say</c></summary>
internal static class AudioVerb
{
    public static Command Create()
    {
        var verb = Verb.Create("audio", "Tries a robot's ears and voice, without the robot.", "edgemas audio transcribe order.wav --config configs/rover-sim.yaml");
        verb.Add(CreateListen());
        verb.Add(CreateTranscribe());
        verb.Add(CreateSay());
        return verb;
    }

    private static Command CreateListen()
    {
        var options = new HearingOptions();
        var device = new Option<string?>("--device") { Description = "ALSA capture device; without it the robot's, or default" };
        var wav = new Option<string?>("--wav") { Description = "Hear a WAV file instead of a device" };
        var raw = new Option<string?>("--raw") { Description = "Hear a raw file instead of a device: 16 kHz, mono, 16 bits" };
        var verb = Verb.Create("listen", "Shows the level of a microphone or a file, where speech begins and ends, and what is understood. Ctrl-C ends it.", "edgemas audio listen --config configs/rover-sim.yaml --device plughw:1,0");
        foreach (var option in new Option[] { device, wav, raw })
            verb.Add(option);
        options.AddTo(verb);
        verb.Validators.Add(result =>
        {
            if (new[] { device, wav, raw }.Count(option => result.GetResult(option) is not null) > 1)
                result.AddError("give one of --device, --wav and --raw");
        });
        verb.Do(async (result, cancellationToken) =>
        {
            using var signals = new StopSignals(cancellationToken);
            var (audio, robot) = options.Read(result);
            using var recognizer = HearingOptions.Open(audio, robot);
            using var listener = new SoundListener(recognizer, HearingOptions.Segmenter(audio));
            await using var source = OpenSource(result.GetValue(wav), result.GetValue(raw), result.GetValue(device) ?? audio.Device);
            var json = result.GetValue(options.Json);
            var view = new ListenView(Console.Out, json, live: !json && !Console.IsOutputRedirected && source is AlsaAudioSource);
            try
            {
                await listener.ListenAsync(source, view.Show, view.Show, signals.Token);
            }
            catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
            {
                // Ctrl-C is the usual end
            }
            view.End();
            if (source is AlsaAudioSource { DroppedSamples: > 0 and var dropped })
                await Console.Error.WriteLineAsync(FormattableString.Invariant($"edgemas: {(double)dropped / source.SampleRate:0.0} s of sound were lost because the recognizer was too slow"));
            return ExitCode.Done;
        });
        return verb;
    }

    private static IAudioSource OpenSource(string? wav, string? raw, string device) =>
        wav is not null ? new WavAudioSource(wav) : raw is not null ? new RawAudioSource(raw) : new AlsaAudioSource(device);

    private static Command CreateTranscribe()
    {
        var options = new HearingOptions();
        var files = new Argument<string[]>("file") { Description = "Sound files: .wav, or .raw with 16 kHz, mono, 16 bits", Arity = ArgumentArity.OneOrMore };
        var verb = Verb.Create("transcribe", "Writes down what is said in sound files.", "edgemas audio transcribe order.wav --recognizer whisper --model ggml-base.bin --json");
        verb.Add(files);
        options.AddTo(verb);
        verb.Do(async (result, cancellationToken) =>
        {
            using var signals = new StopSignals(cancellationToken);
            var (audio, robot) = options.Read(result);
            using var recognizer = HearingOptions.Open(audio, robot);
            using var listener = new SoundListener(recognizer, HearingOptions.Segmenter(audio));
            var failed = false;
            foreach (var file in result.GetRequiredValue(files))
            {
                try
                {
                    await TranscribeAsync(listener, recognizer.Name, file, result.GetValue(options.Json), signals.Token);
                }
                catch (AudioFileException error)
                {
                    failed = true;
                    await Console.Error.WriteLineAsync($"edgemas: {error.Message}");
                }
            }
            return failed ? ExitCode.Failed : ExitCode.Done;
        });
        return verb;
    }

    private static async Task TranscribeAsync(SoundListener listener, string recognizer, string file, bool json, CancellationToken cancellationToken)
    {
        await using var source = SoundFile.OpenSource(file);
        var heard = new List<HeardSpeech>();
        var length = TimeSpan.Zero;
        await listener.ListenAsync(source, moment => length = moment.At, heard.Add, cancellationToken);
        var text = string.Join(' ', heard.Select(speech => speech.Text).Where(text => text.Length > 0));
        if (json)
        {
            Console.WriteLine(new JsonObject
            {
                ["file"] = file,
                ["text"] = text,
                ["recognizer"] = recognizer,
                ["audio_seconds"] = Math.Round(length.TotalSeconds, 2),
                ["utterances"] = new JsonArray([.. heard.Select(ListenView.ToJson)]),
            }.ToJsonString(JsonText.Options));
            return;
        }
        Console.WriteLine($"{file}: {(heard.Count == 0 ? "no speech" : $"{heard.Count} {(heard.Count == 1 ? "utterance" : "utterances")}")}");
        foreach (var speech in heard)
            Console.WriteLine($"  {speech.At:mm\\:ss\\.f}  {ListenView.ToText(speech)}");
    }

    private static Command CreateSay()
    {
        var text = new Argument<string>("text") { Description = "What to say" };
        var configuration = new Option<string?>("--config") { Description = "A robot's YAML file: its voice and loudspeaker" };
        var output = new Option<string?>("--out") { Description = "A WAV file to write instead of playing" };
        var device = new Option<string?>("--device") { Description = "ALSA playback device; without it the robot's, or default" };
        var voice = new Option<string?>("--voice") { Description = "A voice of espeak-ng ('espeak-ng --voices' lists them)" };
        var json = Verb.JsonOption();
        var verb = Verb.Create("say", "Speaks a text.", "edgemas audio say \"I am ready\" --out ready.wav");
        verb.Add(text);
        foreach (var option in new Option[] { output, device, voice, configuration, json })
            verb.Add(option);
        verb.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.GetValue(text)))
                result.AddError("there is nothing to say: the text is empty");
            if (result.GetValue(text) is { Length: > EspeakSynthesizer.MaxCharacters and var length })
                result.AddError($"the text has {length:N0} characters; at most {EspeakSynthesizer.MaxCharacters:N0} are spoken at a time");
            if (result.GetResult(output) is not null && result.GetResult(device) is not null)
                result.AddError("give one of --out and --device");
        });
        verb.Do(async (result, cancellationToken) =>
        {
            using var signals = new StopSignals(cancellationToken);
            var audio = result.GetValue(configuration) is { } file ? ConfigurationReader.Read(file).Audio : ConfigurationReader.DefaultAudio;
            using var speaker = new EspeakSynthesizer(new EspeakOptions { Voice = result.GetValue(voice) ?? audio.Voice, WordsPerMinute = audio.WordsPerMinute });
            var clip = await speaker.SynthesizeAsync(result.GetRequiredValue(text), signals.Token);
            var loudspeaker = result.GetValue(device) ?? (audio.Sink is "none" or "wav" ? "default" : audio.Sink);
            await using IAudioSink sink = result.GetValue(output) is { } wav ? new WavAudioSink(wav) : new AlsaAudioSink(loudspeaker);
            await sink.PlayAsync(clip, signals.Token);
            Console.WriteLine(result.GetValue(json)
                ? new JsonObject { ["file"] = result.GetValue(output), ["device"] = result.GetValue(output) is null ? loudspeaker : null, ["audio_seconds"] = Math.Round(clip.Duration.TotalSeconds, 2), ["sample_rate"] = clip.SampleRate }.ToJsonString(JsonText.Options)
                : FormattableString.Invariant($"{clip.Duration.TotalSeconds:0.0} s of speech, {clip.SampleRate} Hz, {(result.GetValue(output) is { } written ? $"in {written}" : $"played on {loudspeaker}")}"));
            return ExitCode.Done;
        });
        return verb;
    }
}

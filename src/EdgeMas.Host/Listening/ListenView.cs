using System.Globalization;
using System.Text.Json.Nodes;
using EdgeMas.Audio.VoiceActivity;
using EdgeMas.Host.CommandLine;

namespace EdgeMas.Host.Listening;

/// <summary>Shows what is heard: a bar that moves in a terminal, else the level once a second; speech and words as lines, or everything as JSON lines. Any thread.</summary>
internal sealed class ListenView(TextWriter output, bool json, bool live)
{
    private const int BarWidth = 30;
    private const double Quietest = -60;

    private readonly Lock _lock = new();
    private TimeSpan _nextLevel;
    private bool _speaking;

    /// <summary>Between two levels.</summary>
    private TimeSpan Pause => TimeSpan.FromSeconds(live ? 0.1 : 1);

    public void Show(SoundMoment moment)
    {
        lock (_lock)
        {
            if (moment.IsSpeech != _speaking)
                Tell(moment.At, (_speaking = moment.IsSpeech) ? "speech_begins" : "speech_ends");
            if (moment.At < _nextLevel)
                return;
            _nextLevel = moment.At + Pause;
            if (live)
                output.Write($"\r{Bar(moment)}");
            else
                TellLevel(moment);
        }
    }

    public void Show(HeardSpeech heard)
    {
        lock (_lock)
        {
            if (json)
                output.WriteLine(ToJson(heard).ToJsonString(JsonText.Options));
            else
                Line(heard.At, ToText(heard));
        }
    }

    /// <summary>Leaves the cursor below what was shown.</summary>
    public void End()
    {
        lock (_lock)
        {
            if (live)
                output.WriteLine();
            output.Flush();
        }
    }

    public static string ToText(HeardSpeech heard)
    {
        var figures = string.Create(CultureInfo.InvariantCulture, $"{heard.Length.TotalSeconds:0.0} s of speech in {heard.Seconds:0.00} s{(heard.Confidence is { } sure ? $", confidence {sure:0.00}" : "")}");
        return heard.Text.Length == 0 ? $"not understood ({figures})" : $"“{heard.Text}” ({figures})";
    }

    public static JsonObject ToJson(HeardSpeech heard) => new()
    {
        ["event"] = "heard",
        ["at"] = Math.Round(heard.At.TotalSeconds, 2),
        ["text"] = heard.Text,
        ["confidence"] = heard.Confidence,
        ["audio_seconds"] = Math.Round(heard.Length.TotalSeconds, 2),
        ["seconds"] = Math.Round(heard.Seconds, 3),
    };

    private void Tell(TimeSpan at, string what)
    {
        if (json)
            output.WriteLine(new JsonObject { ["event"] = what, ["at"] = Math.Round(at.TotalSeconds, 2) }.ToJsonString(JsonText.Options));
        else
            Line(at, what.Replace('_', ' '));
    }

    private void TellLevel(SoundMoment moment)
    {
        if (json)
            output.WriteLine(new JsonObject { ["event"] = "level", ["at"] = Math.Round(moment.At.TotalSeconds, 2), ["dbfs"] = Math.Round(moment.LevelDb, 1) }.ToJsonString(JsonText.Options));
        else
            Line(moment.At, string.Create(CultureInfo.InvariantCulture, $"level {moment.LevelDb:0} dB"));
    }

    private void Line(TimeSpan at, string text) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(live ? "\r\x1b[K" : "")}{at:mm\\:ss\\.f}  {text}"));

    private static string Bar(SoundMoment moment)
    {
        var filled = (int)Math.Round(BarWidth * (1 - (Math.Clamp(moment.LevelDb, Quietest, 0) / Quietest)));
        return string.Create(CultureInfo.InvariantCulture, $"{moment.At:mm\\:ss\\.f}  {new string('█', filled)}{new string('·', BarWidth - filled)} {moment.LevelDb,4:0} dB {(moment.IsSpeech ? "speech" : "      ")}");
    }
}

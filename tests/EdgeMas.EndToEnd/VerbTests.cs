using System.Text.Json;
using EdgeMas.Core.Assets;
using EdgeMas.EndToEnd.Program;
using EdgeMas.Testing;

namespace EdgeMas.EndToEnd;

/// <summary>The verbs beside <c>run</c>, as a user types them.</summary>
public sealed class VerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edgemas-verbs-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_doctor_finds_nothing_that_the_shipped_rover_lacks()
    {
        using var run = await RobotRun.ProgramAsync(["doctor", RobotRun.Configuration, "--json"]);

        Assert.True(run.ExitCode == 0, string.Join('\n', run.Lines));
        var findings = run.Lines.Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(0, findings[^1].GetProperty("summary").GetProperty("failed").GetInt32());
        string[] told = [.. findings[..^1].Select(finding => finding.GetProperty("check").GetString()!)];
        Assert.Superset(new HashSet<string> { "llama.cpp", "model planner", "OpenCV", "PocketSphinx", "broker", "data folder" }, told.ToHashSet());
    }

    [Fact]
    public async Task The_doctor_fails_a_robot_whose_model_is_damaged_and_says_how_to_mend_it()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "planner.gguf"), "GGUF, but no model");
        using var process = new VerbProcess(["doctor", RobotRun.Configuration, "--json"], ("EDGEMAS_MODELS", _folder));

        var finding = await process.UntilAsync(line => line.TryGetProperty("check", out var check) && check.GetString() == "model planner");

        Assert.Equal("failed", finding.GetProperty("verdict").GetString());
        Assert.Contains("fetch it again", finding.GetProperty("mend").GetString());
        var summary = await process.UntilAsync(line => line.TryGetProperty("summary", out _));
        Assert.Equal(1, summary.GetProperty("summary").GetProperty("failed").GetInt32());
    }

    [Fact]
    public async Task A_backend_that_was_built_on_another_computer_is_not_used_and_the_doctor_says_so()
    {
        SharedFiles.RequireNative("node_modules");
        Directory.CreateSymbolicLink(Path.Combine(_folder, "node_modules"), AssetLocator.FindNative("node_modules")!);
        Directory.CreateDirectory(Path.Combine(_folder, "build", "llama"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "build", "llama", "libggml-cpu-other.so"), "no library of this computer");
        using var process = new VerbProcess(["doctor", RobotRun.Configuration, "--json"], ("EDGEMAS_NATIVE", _folder));

        var loaded = await process.UntilAsync(line => IsAboutLlama(line, "ok"));
        var refused = await process.UntilAsync(line => IsAboutLlama(line, "warning"));

        Assert.Contains("node_modules", loaded.GetProperty("text").GetString());
        Assert.Contains("libggml-cpu-other.so", refused.GetProperty("text").GetString());
        Assert.Contains("build-llama.sh --force", refused.GetProperty("text").GetString());

        static bool IsAboutLlama(JsonElement line, string verdict) =>
            line.TryGetProperty("check", out var check) && check.GetString() == "llama.cpp" && line.GetProperty("verdict").GetString() == verdict;
    }

    [Fact]
    public async Task A_recorded_order_is_written_down_and_a_file_that_is_none_fails_alone()
    {
        using var run = await RobotRun.ProgramAsync(["audio", "transcribe", SharedFiles.RequireGoForward(), "no-such-file.wav", "--config", RobotRun.Configuration, "--json"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("no-such-file.wav", run.Errors);
        Assert.Equal("go forward ten meters", JsonDocument.Parse(Assert.Single(run.Lines)).RootElement.GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_microphone_is_heard_until_ctrl_c()
    {
        using var process = new VerbProcess(["audio", "listen", "--config", RobotRun.Configuration, "--device", "recorded", "--json"], RecordedMicrophone());

        await process.UntilAsync(line => EventOf(line) == "speech_begins");
        var heard = await process.UntilAsync(line => EventOf(line) == "heard");

        Assert.Equal("go forward ten meters", heard.GetProperty("text").GetString());
        Assert.Equal((0, ""), await process.InterruptAsync() is var end ? (end.ExitCode, end.Errors) : default);
    }

    [Fact]
    public async Task What_the_robots_microphone_hears_is_driven()
    {
        using var process = new VerbProcess(
            ["run", RobotRun.Configuration, "--mic", "recorded", "--headless", "--json", "--speed", "fast", "--data", Path.Combine(_folder, "data")], RecordedMicrophone());

        await process.UntilAsync(line => line.TryGetProperty("event", out var told) && told.GetProperty("type").GetString() == "edgemas.mission.changed"
            && told.GetProperty("data").GetProperty("status").GetString() == "completed");
        var (code, lines, errors) = await process.InterruptAsync();

        Assert.True(code == 0, errors);
        var summary = JsonDocument.Parse(lines[^1]).RootElement.GetProperty("summary");
        Assert.Equal("go forward ten meters", summary.GetProperty("heard").GetString());
        Assert.InRange(summary.GetProperty("truth").GetProperty("x").GetDouble() - summary.GetProperty("truth_start").GetProperty("x").GetDouble(), 9.9, 10.1);
    }

    [Fact]
    public async Task A_text_becomes_a_wav_file()
    {
        var file = Path.Combine(_folder, "ready.wav");
        using var run = await RobotRun.ProgramAsync(["audio", "say", "I am ready", "--out", file, "--json"]);

        Assert.True(run.ExitCode == 0, run.Account);
        Assert.InRange(JsonDocument.Parse(run.Lines[0]).RootElement.GetProperty("audio_seconds").GetDouble(), 0.4, 2.0);
        Assert.True((await File.ReadAllBytesAsync(file)).AsSpan().StartsWith("RIFF"u8));
    }

    [Fact]
    public async Task A_photo_is_looked_at_and_drawn_on()
    {
        var photo = SharedFiles.Require("media/dog.jpg");
        using var run = await RobotRun.ProgramAsync(
            ["vision", "detect", photo, "--detectors", "yolox", "--model", SharedFiles.Require("models/yolox_nano.onnx"), "--out", _folder, "--json"]);

        Assert.True(run.ExitCode == 0, run.Account);
        var seen = JsonDocument.Parse(Assert.Single(run.Lines)).RootElement;
        Assert.Superset(new HashSet<string?> { "dog", "bicycle" }, seen.GetProperty("detections").EnumerateArray().Select(found => found.GetProperty("label").GetString()).ToHashSet());
        Assert.Equal([0xFF, 0xD8], (await File.ReadAllBytesAsync(seen.GetProperty("annotated").GetString()!))[..2]); // a JPEG
    }

    [Theory]
    [InlineData(2, "--model", "vision", "detect", "x.ppm", "--detectors", "yolox")]
    [InlineData(2, "out of range", "vision", "detect", "x.ppm", "--field-of-view", "400")]
    [InlineData(2, "--camera", "vision", "detect")]
    [InlineData(1, "/dev/video999", "vision", "detect", "--camera", "/dev/video999")]
    [InlineData(2, "--config", "audio", "listen")]
    [InlineData(1, "no-such-device", "audio", "say", "hello", "--device", "no-such-device")]
    [InlineData(2, "empty", "audio", "say", " ")]
    [InlineData(2, "no model 'gemma'", "models", "pull", "gemma")]
    public async Task A_mistake_gets_one_line_with_its_mend_and_the_exit_code_of_its_kind(int code, string told, params string[] arguments)
    {
        using var run = await RobotRun.ProgramAsync(arguments);

        Assert.Equal(code, run.ExitCode);
        Assert.Contains(told, run.Errors);
        Assert.DoesNotContain("   at ", run.Errors);
    }

    [Fact]
    public async Task Where_OpenCVs_library_does_not_load_one_line_says_so()
    {
        var program = Path.Combine(_folder, "program");
        LinkAll(AppContext.BaseDirectory, program, but: "libOpenCvSharpExtern.so");
        var start = RobotRun.StartInfo(["vision", "detect", "--camera", "/dev/video999"]);
        start.FileName = Path.Combine(program, "edgemas");
        using var process = System.Diagnostics.Process.Start(start)!;
        process.StandardInput.Close();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(1, process.ExitCode);
        Assert.StartsWith("edgemas: OpenCV's native library does not load", errors);
        Assert.DoesNotContain("   at ", errors);
    }

    /// <summary>A program's folder again, in links; one file is there and empty, and what .NET's host looks for beside the real file is copied.</summary>
    private static void LinkAll(string from, string to, string but)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            var name = Path.GetFileName(file);
            if (name == but)
                File.WriteAllText(Path.Combine(to, name), "");
            else if (name.StartsWith("edgemas", StringComparison.Ordinal))
                File.Copy(file, Path.Combine(to, name));
            else
                File.CreateSymbolicLink(Path.Combine(to, name), file);
        }
        foreach (var folder in Directory.EnumerateDirectories(from))
            LinkAll(folder, Path.Combine(to, Path.GetFileName(folder)), but);
    }

    private static string EventOf(JsonElement line) => line.TryGetProperty("event", out var name) ? name.GetString()! : "";

    /// <summary>A sound device that plays a person's order to whoever captures from it: ALSA's file plugin, under a configuration of its own.</summary>
    private (string Name, string Value) RecordedMicrophone()
    {
        var file = Path.Combine(_folder, "asound.conf");
        File.WriteAllText(file, $$"""
            pcm.recorded {
              type file
              slave.pcm { type null }
              file "/dev/null"
              infile "{{SharedFiles.RequireGoForward()}}"
              format "raw"
            }
            """);
        return ("ALSA_CONFIG_PATH", file);
    }
}

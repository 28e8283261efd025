using EdgeMas.Core.Speech;

namespace EdgeMas.Audio.Files;

/// <summary>Opens sound files.</summary>
public static class SoundFile
{
    /// <summary>Chooses by the name's end: <c>.wav</c> by its header, <c>.raw</c> and <c>.pcm</c> as 16 kHz mono 16-bit samples.</summary>
    /// <exception cref="AudioFileException">Another kind of file, or one that cannot be opened.</exception>
    public static IAudioSource OpenSource(string file) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".wav" or ".wave" => new WavAudioSource(file),
        ".raw" or ".pcm" => new RawAudioSource(file),
        var other => throw new AudioFileException(file, $"'{other}' is none of .wav, .raw, .pcm. Convert it: 'sox IN OUT.wav'"),
    };

    internal static FileStream Open(string file)
    {
        try
        {
            var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
            if (stream.CanSeek)
                return stream;
            stream.Dispose();
            throw new AudioFileException(file, "is a pipe or a device, not a file. A microphone is opened with --mic");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new AudioFileException(file, "does not exist", error);
        }
        catch (Exception error) when (error is UnauthorizedAccessException || (error is IOException and not AudioFileException))
        {
            throw new AudioFileException(file, $"cannot be opened: {error.Message}", error);
        }
    }
}

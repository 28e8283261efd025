namespace EdgeMas.Audio.Files;

/// <summary>A sound file cannot be read or written.</summary>
/// <param name="reason">What is wrong and how to mend it.</param>
public sealed class AudioFileException(string file, string reason, Exception? inner = null) : IOException($"sound file '{file}': {reason}", inner)
{
    public string File { get; } = file;
}

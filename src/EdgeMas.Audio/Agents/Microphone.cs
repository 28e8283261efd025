using EdgeMas.Core.Speech;

namespace EdgeMas.Audio.Agents;

/// <summary>A live source of sound and how to open it.</summary>
/// <param name="Name">For people, such as the ALSA device.</param>
/// <param name="Open">Throws an <see cref="IOException"/> while the device is not there; may block for a moment.</param>
public sealed record Microphone(string Name, Func<IAudioSource> Open);

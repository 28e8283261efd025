namespace EdgeMas.Audio.Devices;

/// <param name="Name">As it is opened, such as <c>plughw:CARD=Device,DEV=0</c>.</param>
/// <param name="Description">In the driver's words, one line.</param>
public sealed record SoundDevice(string Name, string Description, bool CanCapture, bool CanPlay);

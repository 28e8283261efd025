namespace EdgeMas.Audio.Native;

/// <summary>Numbers of <c>errno.h</c> that ALSA returns negated.</summary>
internal static class Errno
{
    internal const int TryAgain = 11;
}

using System.Runtime.InteropServices;
using EdgeMas.Control.Sharing;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Body;

/// <summary>What the core and a body in another process have in common: a simulated world's rover on whatever wheels, or a driver of its own.</summary>
/// <remarks>One writer each: the core writes <see cref="Command"/>, the body <see cref="Sensors"/> and what it is. <see cref="Brakes"/> is counted up by any thread of the core.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct BodyLayout : ISharedLayout
{
    internal RegionHeader Header;

    internal WheeledGeometry Geometry;

    /// <summary>Grows each time that a body takes its place: its encoders begin anew.</summary>
    internal long Session;

    /// <summary>Changes with each brake and each command; who waits for them sleeps on it.</summary>
    internal int Wake;

    private int _pad;

    /// <summary>Times that the brakes were called for. A command counts only if it was given after the last of them.</summary>
    internal long Brakes;

    /// <summary>When the brakes were first called for since the last command, as a timestamp of the monotonic clock.</summary>
    internal long BrakedAt;

    internal SequencedValue<NumberedCommand> Command;

    internal SequencedValue<WheeledSensors> Sensors;

    public static ulong Magic => 0x31594444_42534D45; // "EMSBDDY1"

    public static int Version => 2;

    public static string Name => "body region";

    /// <param name="Number">Counts the commands.</param>
    /// <param name="Brakes">How often the brakes had been called for when it was given.</param>
    internal readonly record struct NumberedCommand(long Number, long Brakes, WheelCommand Wheels);
}

using System.Runtime.InteropServices;
using EdgeMas.Control.Sharing;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Body;

/// <summary>What the core and a body in another process have in common: one of a simulated world, or a driver of its own. Each kind of body has another size, which tells them apart.</summary>
/// <typeparam name="TShape">What the body measures.</typeparam>
/// <typeparam name="TCommand">What it can be told.</typeparam>
/// <typeparam name="TSensors">What it tells.</typeparam>
/// <remarks>One writer each: the core writes <see cref="Command"/>, the body <see cref="Sensors"/> and what it is. <see cref="Brakes"/> is counted up by any thread of the core.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct BodyLayout<TShape, TCommand, TSensors> : ISharedLayout
    where TShape : unmanaged
    where TCommand : unmanaged
    where TSensors : unmanaged
{
    internal RegionHeader Header;

    internal TShape Shape;

    /// <summary>Grows each time that a body takes its place: a rover's encoders begin anew.</summary>
    internal long Session;

    /// <summary>Changes with each brake and each command; who waits for them sleeps on it.</summary>
    internal int Wake;

    private int _pad;

    /// <summary>Times that the brakes, or what stops this kind of body, were called for. A command counts only if it was given after the last of them.</summary>
    internal long Brakes;

    /// <summary>When the brakes were first called for since the last command, as a timestamp of the monotonic clock.</summary>
    internal long BrakedAt;

    internal SequencedValue<NumberedCommand<TCommand>> Command;

    internal SequencedValue<TSensors> Sensors;

    public static ulong Magic => 0x31594444_42534D45; // "EMSBDDY1"

    public static int Version => 2;

    public static string Name => $"body region ({typeof(TShape).Name})";
}

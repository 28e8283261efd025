using System.Runtime.CompilerServices;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Sharing;

/// <summary>Memory for one value of whichever kind of vehicle the core moves; who reads it knows the kind from the core's settings.</summary>
internal static class Room
{
    /// <exception cref="InvalidOperationException">The value does not fit.</exception>
    internal static ref SequencedValue<T> Of<TRoom, T>(ref TRoom room)
        where TRoom : unmanaged
        where T : unmanaged
    {
        if (Unsafe.SizeOf<SequencedValue<T>>() > Unsafe.SizeOf<TRoom>())
            throw new InvalidOperationException($"a {typeof(T)} does not fit into {Unsafe.SizeOf<TRoom>()} bytes of the control region");
        return ref Unsafe.As<TRoom, SequencedValue<T>>(ref room);
    }
}

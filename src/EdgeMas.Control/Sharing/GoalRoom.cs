using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Sharing;

/// <summary>Where a host's goal lies: of the kind of vehicle that the core's settings tell, which a host must know before it attaches.</summary>
[InlineArray(Size / sizeof(long))]
internal struct GoalRoom
{
    internal const int Size = 128;

    private long _first;

    [UnscopedRef]
    internal ref SequencedValue<T> Of<T>()
        where T : unmanaged
    {
        if (Unsafe.SizeOf<SequencedValue<T>>() > Size)
            throw new InvalidOperationException($"a {typeof(T)} does not fit into {Size} bytes of the control region");
        return ref Unsafe.As<GoalRoom, SequencedValue<T>>(ref this);
    }
}

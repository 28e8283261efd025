using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Sharing;

/// <summary>Where the loop tells its newest tick, as its kind of vehicle does: like a <see cref="GoalRoom"/>.</summary>
[InlineArray(Size / sizeof(long))]
internal struct SnapshotRoom
{
    internal const int Size = 256;

    private long _first;

    [UnscopedRef]
    internal ref SequencedValue<T> Of<T>()
        where T : unmanaged
    {
        if (Unsafe.SizeOf<SequencedValue<T>>() > Size)
            throw new InvalidOperationException($"a {typeof(T)} does not fit into {Size} bytes of the control region");
        return ref Unsafe.As<SnapshotRoom, SequencedValue<T>>(ref this);
    }
}

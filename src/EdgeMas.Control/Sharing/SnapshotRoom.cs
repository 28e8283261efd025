using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Sharing;

/// <summary>Where the loop tells its newest tick.</summary>
[InlineArray(Size / sizeof(long))]
internal struct SnapshotRoom
{
    internal const int Size = 256;

    private long _first;

    [UnscopedRef]
    internal ref SequencedValue<T> Of<T>()
        where T : unmanaged => ref Room.Of<SnapshotRoom, T>(ref this);
}

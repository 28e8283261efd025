using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Sharing;

/// <summary>Where a host's goal lies.</summary>
[InlineArray(Size / sizeof(long))]
internal struct GoalRoom
{
    internal const int Size = 128;

    private long _first;

    [UnscopedRef]
    internal ref SequencedValue<T> Of<T>()
        where T : unmanaged => ref Room.Of<GoalRoom, T>(ref this);
}

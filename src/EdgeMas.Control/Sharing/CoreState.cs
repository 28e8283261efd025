using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using EdgeMas.Control.Loop;
using EdgeMas.Core.Motion;

namespace EdgeMas.Control.Sharing;

/// <summary>What the core tells everybody.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CoreState
{
    /// <summary>Grows with each tick, whatever the kind of vehicle.</summary>
    internal long Ticks;

    /// <summary>1 while the host gives no sign of life for longer than it may; the next one may then take over.</summary>
    internal int IsHostLate;

    private int _pad;

    /// <summary>A <see cref="MotionSnapshot"/> of a rover, a <see cref="Vehicles.VehicleSnapshot{TBody}"/> of others.</summary>
    internal SnapshotRoom Snapshot;

    internal SequencedValue<FaultText> Fault;

    /// <summary>Bytes that the control thread has allocated since its first tick.</summary>
    internal long AllocatedBytes;

    /// <summary>Garbage collections of the core's process since the first tick.</summary>
    internal long Collections;

    /// <summary>When the first tick was, as nanoseconds of the monotonic clock; 0 before it.</summary>
    internal long FirstTickAt;

    /// <summary>When the newest tick was due, likewise.</summary>
    internal long LastTickAt;

    /// <summary>How long the host had been silent, by the core's clock, when the core last went to its safe state because of it.</summary>
    internal long HostSilenceNs;

    /// <summary>What does not work of a body whose drivers are in the core's process.</summary>
    internal SequencedValue<BodyTroubles> Troubles;

    /// <summary>What a tick threw, cut to what fits.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct FaultText
    {
        private int _length;
        private Text _text;

        internal FaultText(string message) => Utf8.FromUtf16(message, _text, out _, out _length);

        public override readonly string ToString() => Encoding.UTF8.GetString(((ReadOnlySpan<byte>)_text)[..Math.Clamp(_length, 0, Text.Size)]);
    }

    [InlineArray(Size)]
    internal struct Text
    {
        internal const int Size = 252;
        private byte _first;
    }
}

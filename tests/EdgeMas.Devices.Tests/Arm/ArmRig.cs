using System.Device.I2c;
using EdgeMas.Core.Motion;
using EdgeMas.Devices.Arm;
using EdgeMas.Simulation.Board;
using EdgeMas.Testing;

namespace EdgeMas.Devices.Tests.Arm;

/// <summary>An arm of two servos on a chip that is played here.</summary>
internal sealed class ArmRig : IDisposable
{
    internal ArmRig(ArmStop stop = ArmStop.Release, bool isThere = true)
    {
        Wiring = new ArmWiring
        {
            I2cBus = 1,
            EmergencyStop = stop,
            Joints =
            [
                new ServoWiring(0, -Math.PI / 2, Math.PI / 2, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(2)),
                new ServoWiring(5, 0, 2, TimeSpan.FromMilliseconds(0.6), TimeSpan.FromMilliseconds(2.4)) { Reversed = true, StartAngle = 1.5 },
            ],
        };
        Bus = new FailingBus { IsSilent = !isThere };
        Mount = Open();
    }

    internal ArmWiring Wiring { get; }

    internal FailingBus Bus { get; }

    internal ArmMount Mount { get; private set; }

    internal IServoArm Port => Mount;

    /// <summary>What the loop reads.</summary>
    internal JointVector Angles => Port.TryRead(out var sensors) ? sensors.Angles : throw new InvalidOperationException("the arm does not answer");

    /// <summary>Milliseconds of a channel's pulse; 0 for none.</summary>
    internal double Pulse(int channel) => Bus.Chip.FrequencyHertz is var hertz and > 0 ? 1000 * Bus.Chip.Duty(channel) / hertz : 0;

    /// <summary>A host that died, and the next one: the chip stays as it is.</summary>
    internal void Restart(Action before)
    {
        Bus.IsCut = true; // what a program does that dies: nothing
        Mount.Dispose();
        Bus.IsCut = false;
        before();
        Mount = Open();
    }

    internal Task MoveAsync(double first, double second, double firstPulse, double secondPulse)
    {
        Assert.True(Port.TryMove(JointVector.Of(first, second)));
        return Until.TrueAsync(() => Math.Abs(Pulse(0) - firstPulse) < 0.005 && Math.Abs(Pulse(5) - secondPulse) < 0.005);
    }

    public void Dispose() => Mount.Dispose();

    private ArmMount Open() => new(Wiring, TimeProvider.System, static wiring => wiring, _ => Bus.Open());

    /// <summary>Errors as those of a bus whose chip does not acknowledge.</summary>
    internal sealed class FailingBus
    {
        private volatile bool _isSilent, _isCut, _isTransferring;
        private int _fails;
        private long _transferTicks;

        internal SimulatedPca9685 Chip { get; set; } = new();

        internal bool IsSilent { get => _isSilent; set => _isSilent = value; }

        /// <summary>Nothing reaches the chip, and nobody is told.</summary>
        internal bool IsCut { get => _isCut; set => _isCut = value; }

        /// <summary>Fails so many transfers from now on.</summary>
        internal int Fails { get => Volatile.Read(ref _fails); set => Volatile.Write(ref _fails, value); }

        /// <summary>Of each transfer from now on.</summary>
        internal TimeSpan TransferTime { get => new(Volatile.Read(ref _transferTicks)); set => Volatile.Write(ref _transferTicks, value.Ticks); }

        internal bool IsTransferring => _isTransferring;

        internal I2cDevice Open() => new Device(this);

        private bool Reaches()
        {
            if (TransferTime is var time && time > TimeSpan.Zero)
            {
                _isTransferring = true;
                Thread.Sleep(time);
                _isTransferring = false;
            }
            if (_isSilent || (Fails > 0 && Interlocked.Decrement(ref _fails) >= 0))
                throw new IOException("no chip answers there");
            return !_isCut;
        }

        private sealed class Device(FailingBus bus) : I2cDevice
        {
            public override I2cConnectionSettings ConnectionSettings { get; } = new(1, 0x40);

            public override void Read(Span<byte> buffer)
            {
                if (bus.Reaches())
                    bus.Chip.Read(buffer);
            }

            public override void Write(ReadOnlySpan<byte> buffer)
            {
                if (bus.Reaches())
                    bus.Chip.Write(buffer);
            }

            public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer)
            {
                if (!bus.Reaches())
                    return;
                bus.Chip.Write(writeBuffer);
                bus.Chip.Read(readBuffer);
            }
        }
    }
}

using System.Collections.Concurrent;
using System.Device.I2c;
using EdgeMas.Core.Motion;
using EdgeMas.Devices.Chips.Gnss;
using EdgeMas.Devices.Gpio;
using EdgeMas.Devices.Quadrotor;
using EdgeMas.Devices.Tests.Chips;
using EdgeMas.Simulation.Board;
using EdgeMas.Simulation.Clock;
using EdgeMas.Testing;

namespace EdgeMas.Devices.Tests.Quadrotor;

/// <summary>A quadrotor on chips and a terminal that are played here. It stands; nothing flies. Its clock waits for whoever reads the inertial sensor, so that a busy computer leaves no gap there.</summary>
internal sealed class QuadrotorRig : IDisposable
{
    internal const int Rotors = 0x40, Imu = 0x68, Height = 0x29, Battery = 0x41;

    private readonly ConcurrentDictionary<int, II2cTarget> _chips = new();
    private readonly ConcurrentDictionary<int, bool> _silent = new();
    private readonly PseudoTerminal _far = new();
    private readonly ManualResetEventSlim _ended = new();
    private readonly Thread _receiver;
    private readonly HeldClock _clock = new(TimeProvider.System, TimeSpan.FromMilliseconds(20));
    private volatile bool _isReceiverSilent;

    internal QuadrotorRig(Func<QuadrotorWiring, QuadrotorWiring>? change = null, Action<QuadrotorRig>? before = null)
    {
        var wiring = Wired() with { Satellites = new SatelliteWiring(new GnssWiring(_far.Path) { MaxAge = TimeSpan.FromSeconds(1) }) };
        Wiring = change?.Invoke(wiring) ?? wiring;
        (_chips[Rotors], _chips[Imu], _chips[Height], _chips[Battery]) = (Chip, Motion, Laser, Power);
        Laser.See(0.06);
        Power.Carry(15, 1);
        before?.Invoke(this);
        _receiver = new Thread(Tell) { IsBackground = true };
        _receiver.Start();
        Mount = new QuadrotorMount(Wiring, _clock, static known => known, (_, address) => new Device(this, address), _ => Enable);
    }

    internal QuadrotorWiring Wiring { get; }

    internal QuadrotorMount Mount { get; }

    internal IQuadrotor Port => Mount;

    internal SimulatedPca9685 Chip { get; } = new(TimeProvider.System);

    internal SimulatedMpu6050 Motion { get; } = new();

    internal SimulatedVl53l0x Laser { get; } = new();

    internal SimulatedIna219 Power { get; } = new(shuntOhms: 0.01);

    internal EnableLine Enable { get; } = new();

    internal bool IsReceiverSilent { get => _isReceiverSilent; set => _isReceiverSilent = value; }

    internal static QuadrotorWiring Wired() => new()
    {
        Geometry = new QuadrotorGeometry(1.5, 0.23, new Vector3D(0.017, 0.017, 0.031), 1.1e-5, 1.7e-7, 900),
        Rotors = new RotorsWiring(1, Rotors, FrontLeft: 5, FrontRight: 4, BackLeft: 6, BackRight: 7) { ArmingTime = TimeSpan.FromMilliseconds(50) },
        OutputEnableLine = 17,
        Imu = new InertialWiring(1, Imu),
        Height = new HeightWiring(1, Height, 0.06),
        Satellites = new SatelliteWiring(new GnssWiring("/dev/null")),
        Battery = new BatteryWiring(1, Battery, 0.01, 30, 13, 17),
        Start = new Vector3D(4, 8, 0),
        StartYaw = 0.5,
        CommandTimeout = TimeSpan.FromSeconds(20), // a busy computer's, so that only one test sees it
    };

    internal void Silence(int address, bool silent) => _silent[address] = silent;

    internal void Replace(int address, II2cTarget chip) => _chips[address] = chip;

    /// <summary>Milliseconds that come out at a plug; 0 for none.</summary>
    internal double Pulse(int channel) => Enable.IsHigh ? 0 : 1000 * Chip.Pulses.Last(channel).Seconds;

    internal Task UntilReadyAsync() => Until.TrueAsync(() => Port.TryRead(out _) && Mount.Troubles.Count == 0, detail: () => string.Join("; ", Mount.Troubles));

    internal async Task SpinAsync()
    {
        await UntilReadyAsync();
        Assert.True(Port.TrySpin(new RotorSpeeds(450, 225, 675, 900)));
        await Until.TrueAsync(() => Math.Abs(Pulse(5) - 1.5) < 0.002);
    }

    public void Dispose()
    {
        Mount.Dispose();
        _ended.Set();
        _receiver.Join();
        _far.Dispose();
    }

    private void Tell()
    {
        for (var second = 1; !_ended.Wait(TimeSpan.FromMilliseconds(100)); second++)
        {
            if (!_isReceiverSilent)
                _far.Send(NmeaDecoderTests.Gga(second) + "\r\n" + NmeaDecoderTests.Rmc(second) + "\r\n");
        }
    }

    /// <summary>The chip's OE.</summary>
    internal sealed class EnableLine : IOutputLines
    {
        private volatile bool _isHigh = true, _isDisposed;
        private int _rises;

        public int Count => 1;

        internal bool IsHigh => _isHigh;

        internal bool IsDisposed => _isDisposed;

        /// <summary>Times that it became high.</summary>
        internal int Rises => Volatile.Read(ref _rises);

        public void Write(ulong bits, ulong mask)
        {
            var isHigh = (bits & mask) != 0;
            if (isHigh && !_isHigh)
                Interlocked.Increment(ref _rises);
            _isHigh = isHigh;
        }

        public void Dispose() => _isDisposed = true;
    }

    private sealed class Device(QuadrotorRig rig, int address) : I2cDevice
    {
        public override I2cConnectionSettings ConnectionSettings { get; } = new(1, address);

        private II2cTarget Chip
        {
            get
            {
                if (address == Imu)
                    rig._clock.Step();
                return rig._silent.GetValueOrDefault(address) ? throw new IOException("no chip answers there") : rig._chips[address];
            }
        }

        public override void Read(Span<byte> buffer) => Chip.Read(buffer);

        public override void Write(ReadOnlySpan<byte> buffer) => Chip.Write(buffer);

        public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer)
        {
            var chip = Chip;
            chip.Write(writeBuffer);
            chip.Read(readBuffer);
        }
    }
}

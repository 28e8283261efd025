using System.Buffers.Binary;
using System.Device.I2c;
using EdgeMas.Devices.Errors;

namespace EdgeMas.Devices.Chips.Vl53l0x;

/// <summary>
/// ST VL53L0X: laser range finder, 3 cm to about 1.2 m (2 m on white). It measures again and again, about 30 times a second; <see cref="TryRead"/> takes what is
/// ready, waits for nothing and allocates nothing. One thread at a time.
/// </summary>
/// <remarks>
/// Sources: ST, VL53L0X data sheet DS11555 rev. 6 (interface, identity), application programming interface UM2039 (steps of set-up). ST gives the registers only
/// as code; used here are those of the set-up that cannot be left out. ST's table of tuning values and the choice of receiver cells are left at the chip's own.
/// </remarks>
public sealed class Vl53l0x : IDisposable
{
    public const int DefaultAddress = 0x29;

    private const byte Start = 0x00;
    private const byte Sequence = 0x01;
    private const byte InterruptConfig = 0x0A;
    private const byte InterruptClear = 0x0B;
    private const byte InterruptStatus = 0x13;
    private const byte Result = 0x14;
    private const byte SignalRateLimit = 0x44;
    private const byte SupplyConfig = 0x89;
    private const byte InterruptPin = 0x84;
    private const byte ModelId = 0xC0;
    private const byte StopVariable = 0x91;
    private const byte Page = 0xFF;
    private const byte PowerMode = 0x80;

    private const byte SequenceAll = 0xE8; // reference, pre-range and final range
    private const byte SequenceReferenceVoltage = 0x01;
    private const byte SequencePhase = 0x02;
    private const byte StartContinuous = 0x02;
    private const byte NewSample = 0x04;
    private readonly I2cDevice _device;
    private readonly byte[] _result = new byte[12];
    private byte _stop;

    /// <param name="device">Disposed with this object.</param>
    /// <exception cref="DeviceException">The chip does not answer, is another one, or does not finish its calibration.</exception>
    public Vl53l0x(I2cDevice device)
    {
        _device = device;
        device.Identify("VL53L0X", ModelId, 0xEE);
        device.WriteRegister(SupplyConfig, (byte)(device.ReadRegister(SupplyConfig) | 0x01)); // bus levels of 2.8 V, as all boards have them
        device.WriteRegister(0x88, 0x00); // I2C standard mode
        Paged(() => _stop = device.ReadRegister(StopVariable));
        device.WriteBigEndian(SignalRateLimit, 32); // 0.25 million photons a second, in steps of a 128th
        device.WriteRegister(InterruptConfig, NewSample);
        device.WriteRegister(InterruptPin, (byte)(device.ReadRegister(InterruptPin) & ~0x10)); // active low
        device.WriteRegister(InterruptClear, 0x01);
        Calibrate(SequenceReferenceVoltage, 0x40);
        Calibrate(SequencePhase, 0x00);
        device.WriteRegister(Sequence, SequenceAll);
        Paged(() => device.WriteRegister(StopVariable, _stop));
        device.WriteRegister(Start, StartContinuous);
    }

    /// <summary>Takes a measurement where a new one is ready.</summary>
    public bool TryRead(out RangeReading reading)
    {
        reading = default;
        if ((_device.ReadRegister(InterruptStatus) & 0x07) == 0)
            return false;
        _device.WriteRead([Result], _result);
        _device.WriteRegister(InterruptClear, 0x01);
        var millimeters = BinaryPrimitives.ReadUInt16BigEndian(_result.AsSpan(10));
        reading = RangeReading.Of((_result[0] >> 3) & 0x0F, millimeters);
        return true;
    }

    /// <summary>Stops measuring, and the laser with it.</summary>
    public void Stop() => _device.WriteRegister(Start, 0x01);

    /// <summary>Closes the device; the chip goes on as it is.</summary>
    public void Dispose() => _device.Dispose();

    /// <summary>One reference measurement, which the chip ends by itself.</summary>
    private void Calibrate(byte sequence, byte start)
    {
        _device.WriteRegister(Sequence, sequence);
        _device.WriteRegister(Start, (byte)(0x01 | start));
        for (var tries = 0; (_device.ReadRegister(InterruptStatus) & 0x07) == 0; tries++)
        {
            if (tries == 100)
                throw _device.Fail("be calibrated", "it does not end its reference measurement: take its power away for a moment");
            Settling.Wait(TimeSpan.FromMilliseconds(5));
        }
        _device.WriteRegister(InterruptClear, 0x01);
        _device.WriteRegister(Start, 0x00);
    }

    /// <summary>Opens the page of registers that ranging is stopped and started with.</summary>
    private void Paged(Action action)
    {
        _device.WriteRegister(PowerMode, 0x01);
        _device.WriteRegister(Page, 0x01);
        _device.WriteRegister(Start, 0x00);
        action();
        _device.WriteRegister(Start, 0x01);
        _device.WriteRegister(Page, 0x00);
        _device.WriteRegister(PowerMode, 0x00);
    }
}

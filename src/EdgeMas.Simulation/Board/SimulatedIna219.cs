namespace EdgeMas.Simulation.Board;

/// <summary>Texas Instruments INA219 as the bus sees it: current and power are only what its calibration makes of the shunt's voltage.</summary>
/// <remarks>Source: Texas Instruments, INA219 data sheet SBOS448G, section 8.6.</remarks>
public sealed class SimulatedIna219 : WordRegisterChip, ISuppliedChip
{
    private readonly double _shuntOhms;
    private double _volts;
    private double _amperes;

    public SimulatedIna219(double shuntOhms)
    {
        _shuntOhms = shuntOhms;
        PowerOn();
    }

    /// <summary>What flows from now on.</summary>
    public void Carry(double volts, double amperes) => Locked(() => (_volts, _amperes) = (volts, amperes));

    public void PowerUp() => Locked(PowerOn);

    protected override void OnWrite(byte register, ushort value)
    {
        if (register is 0x00 or 0x05)
            Words[register] = value;
    }

    protected override ushort OnRead(byte register)
    {
        var limit = 4000 << ((Words[0x00] >> 11) & 3); // 40 mV to 320 mV, in steps of 10 µV
        var shunt = Math.Clamp(Math.Round(_amperes * _shuntOhms / 10e-6), -limit, limit);
        var bus = Math.Round(_volts / 0.004);
        var current = Math.Truncate(shunt * Words[0x05] / 4096);
        return register switch
        {
            0x01 => (ushort)(short)shunt,
            0x02 => (ushort)(((int)bus << 3) | 0b10 | (Math.Abs(current) > short.MaxValue ? 1 : 0)),
            0x03 => (ushort)(Math.Abs(current) * bus / 5000),
            0x04 => unchecked((ushort)(short)Math.Clamp(current, short.MinValue, short.MaxValue)),
            _ => Words[register],
        };
    }

    private void PowerOn()
    {
        Array.Clear(Words);
        Words[0x00] = 0x399F;
    }
}

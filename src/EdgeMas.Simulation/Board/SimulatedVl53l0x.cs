namespace EdgeMas.Simulation.Board;

/// <summary>ST VL53L0X as the bus sees it: it measures after its two reference measurements, and only while it runs.</summary>
/// <remarks>Source: ST, VL53L0X application programming interface UM2039.</remarks>
public sealed class SimulatedVl53l0x : RegisterChip, ISuppliedChip
{
    private const byte Start = 0x00;
    private const byte Sequence = 0x01;
    private const byte InterruptClear = 0x0B;
    private const byte InterruptStatus = 0x13;
    private const byte Result = 0x14;
    private const byte Page = 0xFF;
    private const byte StopVariable = 0x91;
    private const byte FactoryStop = 0x3C;

    private bool _referenceVoltage;
    private bool _referencePhase;
    private bool _running;
    private double _meters = double.PositiveInfinity;
    private byte _page;

    public SimulatedVl53l0x() => PowerUp();

    /// <summary>Whether it measures again and again.</summary>
    public bool IsRunning => Locked(() => _running);

    /// <summary>What is ahead from now on.</summary>
    /// <param name="meters"><see cref="double.PositiveInfinity"/> for nothing.</param>
    public void See(double meters) => Locked(() => _meters = meters);

    public void PowerUp() => Locked(() =>
    {
        Array.Clear(Registers);
        (_referenceVoltage, _referencePhase, _running, _page) = (false, false, false, 0);
        Registers[0xC0] = 0xEE;
        Registers[StopVariable] = FactoryStop;
    });

    protected override void OnWrite(byte register, byte value)
    {
        if (register == Page)
            _page = value;
        else if (register == Start && _page == 0)
            Begin(value);
        else if (register == InterruptClear)
            Registers[InterruptStatus] = 0;
        else if (register is not (0xC0 or InterruptStatus) && !(register == Start && _page != 0))
            Registers[register] = value;
    }

    protected override byte OnRead(byte register)
    {
        if (register == InterruptStatus && _running && Registers[InterruptStatus] == 0)
            Measure();
        return Registers[register];
    }

    private void Begin(byte mode)
    {
        switch (Registers[Sequence])
        {
            case 0x01 when mode == 0x41:
                _referenceVoltage = true;
                Registers[InterruptStatus] = 0x04;
                break;
            case 0x02 when mode == 0x01:
                _referencePhase = true;
                Registers[InterruptStatus] = 0x04;
                break;
            case 0xE8 when _referenceVoltage && _referencePhase && Registers[StopVariable] == FactoryStop:
                _running = mode == 0x02;
                break;
        }
    }

    private void Measure()
    {
        var seen = _meters <= 2;
        var millimeters = seen ? (int)Math.Round(_meters * 1000) : 8190;
        Registers[Result] = (byte)((seen ? 11 : 4) << 3);
        Registers[Result + 10] = (byte)(millimeters >> 8);
        Registers[Result + 11] = (byte)millimeters;
        Registers[InterruptStatus] = 0x04;
    }
}

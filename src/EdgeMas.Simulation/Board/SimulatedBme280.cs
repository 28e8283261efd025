namespace EdgeMas.Simulation.Board;

/// <summary>
/// Bosch BME280 on SPI, with the rules that catch a driver out: the register number has seven bits and the eighth reads; written are pairs of number and value; asleep after
/// power-on and reset; the humidity's control is taken with the next write of the measurement's. Called by the board's thread; fed by any.
/// </summary>
/// <remarks>Source: Bosch Sensortec, BME280 data sheet BST-BME280-DS001, sections 5.3, 5.4.3 and 6.3; calibration and raw values of the worked example in BST-BMP280-DS001, section 3.12.</remarks>
public sealed class SimulatedBme280 : ISpiTarget, ISuppliedChip
{
    private const byte ReadBit = 0x80;
    private const byte Identity = 0xD0;
    private const byte Reset = 0xE0;
    private const byte ControlHumidity = 0xF2;
    private const byte ControlMeasurement = 0xF4;
    private const byte Config = 0xF5;
    private const byte FirstValue = 0xF7;
    private const byte ResetWord = 0xB6;
    private const int NormalMode = 3;

    private readonly Lock _gate = new();
    private readonly byte[] _registers = new byte[256];
    private (int Pressure, int Temperature, int Humidity) _raw = (415_148, 519_888, 30_281);
    private bool _measuresHumidity;

    public SimulatedBme280() => PowerUp();

    /// <summary>What its converters give from now on: twenty bits, twenty, sixteen. The example's 415148 and 519888 are 100653 Pa at 25.08 °C.</summary>
    public void Feel(int pressure, int temperature, int humidity)
    {
        lock (_gate)
            _raw = (pressure, temperature, humidity);
    }

    public void PowerUp()
    {
        lock (_gate)
        {
            Array.Clear(_registers);
            _measuresHumidity = false;
            _registers[Identity] = 0x60;
            Put(0x88, 27504, 26435, -1000, 36477, -10685, 3024, 2855, 140, -7, 15500, -14600, 6000);
            _registers[0xA1] = 75;
            Put(0xE1, 362);
            (_registers[0xE4], _registers[0xE5], _registers[0xE6], _registers[0xE7]) = (0x13, 0x29, 0x03, 30); // 313 and 50, of twelve bits each
        }
    }

    public void Transfer(ReadOnlySpan<byte> sent, Span<byte> received)
    {
        received.Clear();
        if (sent.IsEmpty)
            return;
        lock (_gate)
        {
            if ((sent[0] & ReadBit) != 0)
            {
                Measure();
                for (var i = 1; i < sent.Length; i++)
                    received[i] = _registers[(byte)(sent[0] + i - 1)];
                return;
            }
            for (var i = 0; i + 1 < sent.Length; i += 2)
                Write((byte)(sent[i] | ReadBit), sent[i + 1]);
        }
    }

    private void Write(byte register, byte value)
    {
        if (register == Reset && value == ResetWord)
        {
            PowerUp();
            return;
        }
        if (register is not (ControlHumidity or ControlMeasurement or Config))
            return;
        _registers[register] = value;
        if (register == ControlMeasurement)
            _measuresHumidity = (_registers[ControlHumidity] & 7) != 0;
    }

    private void Measure()
    {
        var control = _registers[ControlMeasurement];
        var isAwake = (control & 3) == NormalMode;
        PutTwenty(FirstValue, isAwake && ((control >> 2) & 7) != 0 ? _raw.Pressure : 0x80000);
        PutTwenty(FirstValue + 3, isAwake && (control >> 5) != 0 ? _raw.Temperature : 0x80000);
        var humidity = isAwake && _measuresHumidity ? _raw.Humidity : 0x8000;
        (_registers[FirstValue + 6], _registers[FirstValue + 7]) = ((byte)(humidity >> 8), (byte)humidity);
    }

    private void PutTwenty(int at, int value) => (_registers[at], _registers[at + 1], _registers[at + 2]) = ((byte)(value >> 12), (byte)(value >> 4), (byte)(value << 4));

    private void Put(int at, params ReadOnlySpan<int> values)
    {
        foreach (var value in values)
        {
            (_registers[at], _registers[at + 1]) = ((byte)value, (byte)(value >> 8));
            at += 2;
        }
    }
}

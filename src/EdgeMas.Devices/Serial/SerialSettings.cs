using System.IO.Ports;

namespace EdgeMas.Devices.Serial;

/// <summary>How both ends of a serial line must speak, from the datasheet of what hangs on it. No handshake: three wires.</summary>
/// <param name="Baud">Bits a second, 50 to 4,000,000; a port's driver takes those that its clock can be divided to.</param>
/// <param name="DataBits">5 to 8.</param>
public sealed record SerialSettings(int Baud = 9600, int DataBits = 8, Parity Parity = Parity.None, StopBits StopBits = StopBits.One)
{
    public const int LeastBaud = 50;
    public const int MostBaud = 4_000_000;

    /// <summary>
    /// Both ends together may be 5 % apart: the stop bit, the tenth, is read in its middle. Half of it is the other end's.
    /// </summary>
    private const double BaudTolerance = 0.025;

    /// <returns>As people write it: <c>9600 baud 8N1</c>.</returns>
    public override string ToString()
    {
        var stops = StopBits switch { StopBits.Two => "2", StopBits.OnePointFive => "1.5", _ => "1" };
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Baud} baud {DataBits}{Parity.ToString()[0]}{stops}");
    }

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Baud, LeastBaud);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Baud, MostBaud);
        ArgumentOutOfRangeException.ThrowIfLessThan(DataBits, 5);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(DataBits, 8);
        if (StopBits == StopBits.None || !Enum.IsDefined(StopBits) || !Enum.IsDefined(Parity))
            throw new ArgumentOutOfRangeException(nameof(StopBits), $"{this} is no way to speak on a serial line");
    }

    /// <param name="taken">What the port's driver made of it.</param>
    internal bool IsMetBy(uint taken) => Math.Abs(taken - (double)Baud) <= Baud * BaudTolerance;
}

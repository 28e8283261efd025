namespace EdgeMas.Simulation.Board;

/// <summary>An encoder's two outputs, a quarter turn apart. One thread.</summary>
internal sealed class WheelEncoder(BoardWheel wheel, BoardPins pins)
{
    private static readonly (bool A, bool B)[] Quarters = [(false, false), (true, false), (true, true), (false, true)];

    private long _count;
    private (bool A, bool B) _levels;

    /// <summary>Drives both lines as they are at the start.</summary>
    internal void Begin()
    {
        _levels = Quarters[0];
        pins.Drive(wheel.EncoderA, _levels.A);
        pins.Drive(wheel.EncoderB, _levels.B);
    }

    /// <summary>Turns on by one count towards an angle.</summary>
    /// <param name="radians">Since the start.</param>
    /// <returns>False when it is there.</returns>
    internal bool TryStep(double radians)
    {
        var wanted = (long)Math.Floor(radians / (2 * Math.PI) * wheel.CountsPerTurn);
        if (wanted == _count)
            return false;
        _count += Math.Sign(wanted - _count);
        var next = Quarters[((_count % 4) + 4) % 4];
        if (next.A != _levels.A)
            pins.Drive(wheel.EncoderA, next.A);
        if (next.B != _levels.B)
            pins.Drive(wheel.EncoderB, next.B);
        _levels = next;
        return true;
    }
}

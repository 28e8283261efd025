namespace EdgeMas.Simulation.Board;

/// <summary>What a PWM output of the board was told to do.</summary>
/// <param name="Timestamp">Of the clock that the board runs on.</param>
public readonly record struct PwmState(long Timestamp, bool Enabled, long PeriodNanoseconds, long DutyNanoseconds, bool Inverted)
{
    /// <summary>0 to 1; 0 where the output is off.</summary>
    public double Duty => Enabled && PeriodNanoseconds > 0 ? (double)DutyNanoseconds / PeriodNanoseconds : 0;
}

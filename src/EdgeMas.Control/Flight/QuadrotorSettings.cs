namespace EdgeMas.Control.Flight;

/// <summary>What a quadrotor's core runs under.</summary>
public sealed record QuadrotorSettings(FlightLimits Limits, FlightOptions Options)
{
    /// <exception cref="ControlOptionsException">A value cannot be used; the message names it.</exception>
    public void Check()
    {
        Limits.Check();
        Options.Check(Limits);
    }
}

namespace EdgeMas.Simulation.Flight;

/// <summary>Faults to inject into the quadrotor; each lasts until it is taken back. Any thread.</summary>
public sealed class FlightFaults
{
    private volatile bool _bodySilent;
    private double _gustX, _gustY;

    /// <summary>Neither readings nor setpoints get through; the speed controllers' own time limit stops the rotors.</summary>
    public bool BodySilent
    {
        get => _bodySilent;
        set => _bodySilent = value;
    }

    /// <summary>Wind on top of the world's own, metres a second towards x.</summary>
    public double GustX
    {
        get => Volatile.Read(ref _gustX);
        set => Volatile.Write(ref _gustX, value);
    }

    public double GustY
    {
        get => Volatile.Read(ref _gustY);
        set => Volatile.Write(ref _gustY, value);
    }
}

namespace EdgeMas.Simulation.Arm;

/// <summary>Faults to inject into the arm; each lasts until it is taken back. Any thread.</summary>
public sealed class ArmFaults
{
    private volatile bool _bodySilent;
    private volatile int _stuckJoint = -1;

    /// <summary>Neither readings nor setpoints get through.</summary>
    public bool BodySilent
    {
        get => _bodySilent;
        set => _bodySilent = value;
    }

    /// <summary>From 0; −1 for none.</summary>
    public int StuckJoint
    {
        get => _stuckJoint;
        set => _stuckJoint = value;
    }
}

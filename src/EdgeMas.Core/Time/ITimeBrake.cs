namespace EdgeMas.Core.Time;

/// <summary>
/// Lets virtual time wait for computing. A world that runs faster than real time would otherwise drive on for minutes while a model thinks for a second.
/// Real time cannot wait: there, holding does nothing.
/// </summary>
public interface ITimeBrake
{
    /// <summary>Virtual time stands still until the result is disposed. Any thread; holds may overlap and be many.</summary>
    IDisposable Hold();
}

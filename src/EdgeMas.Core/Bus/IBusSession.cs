namespace EdgeMas.Core.Bus;

/// <summary>A publisher with a last will. Disposing ends it in peace; <see cref="Fail"/> ends it with its will.</summary>
public interface IBusSession : IDisposable
{
    string Name { get; }

    /// <summary>Publishes the will, once.</summary>
    void Fail();
}

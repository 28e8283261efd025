namespace EdgeMas.Control.Body;

/// <summary>A body that this process moves for a core in another one, whatever kind it is.</summary>
public interface IBodyPump : IDisposable
{
    /// <summary>One step of the body's thread: newest command in, newest reading out.</summary>
    void Step();
}

namespace EdgeMas.Host.Hil;

/// <summary>The board did not do what a suite expects.</summary>
internal sealed class HilFailure(string message) : Exception(message);

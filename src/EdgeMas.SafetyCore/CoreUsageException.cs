namespace EdgeMas.SafetyCore;

/// <summary>The command line cannot be used; the message says which part and what to write.</summary>
internal sealed class CoreUsageException(string message) : Exception(message);

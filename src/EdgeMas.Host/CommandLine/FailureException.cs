namespace EdgeMas.Host.CommandLine;

/// <summary>A verb could not do its work: exit code 1, and the message as one line with the mend.</summary>
internal sealed class FailureException(string message, Exception? inner = null) : Exception(message, inner);

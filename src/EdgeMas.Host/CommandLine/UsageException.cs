namespace EdgeMas.Host.CommandLine;

/// <summary>The command line asks for something that cannot be: exit code 2, and the message as one line.</summary>
internal sealed class UsageException(string message) : Exception(message);

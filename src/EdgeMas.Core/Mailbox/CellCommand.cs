namespace EdgeMas.Core.Mailbox;

/// <summary>What goes through an agent's system lane.</summary>
internal abstract record CellCommand
{
    /// <summary>Make an instance and start it.</summary>
    internal sealed record Start : CellCommand;

    /// <summary>End for good.</summary>
    internal sealed record Stop : CellCommand;

    /// <summary>The instance of that number has failed; a later instance is not to blame.</summary>
    internal sealed record Fail(Exception Error, int Instance) : CellCommand;
}

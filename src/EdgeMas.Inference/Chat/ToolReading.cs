namespace EdgeMas.Inference.Chat;

/// <summary>What the output may have besides text.</summary>
internal enum ToolReading
{
    /// <summary>Nothing: all of it is text.</summary>
    None,

    /// <summary>Calls in tags, among text.</summary>
    Tagged,

    /// <summary>The whole output is one call: a constraint holds it so.</summary>
    Whole,
}

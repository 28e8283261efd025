namespace EdgeMas.Core.Messages;

/// <summary>Through which untrusted sources a message's content came. Taint is only ever added on the way, never removed.</summary>
[Flags]
public enum Taint
{
    None = 0,

    /// <summary>Recognized from sound.</summary>
    Speech = 1,

    /// <summary>Arrived over the broker.</summary>
    Network = 2,

    /// <summary>Read from a picture: text, codes, labels.</summary>
    Vision = 4,

    /// <summary>Written by a language model.</summary>
    Model = 8,
}

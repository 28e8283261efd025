namespace EdgeMas.Inference.Tokens;

/// <summary>What kind of token it is. The first ten have llama.cpp's values.</summary>
[Flags]
public enum TokenAttributes
{
    None = 0,
    Unknown = 1 << 0,
    Unused = 1 << 1,
    Normal = 1 << 2,

    /// <summary>Steers the model and is no text: <c>&lt;|im_start|&gt;</c>.</summary>
    Control = 1 << 3,

    UserDefined = 1 << 4,

    /// <summary>Stands for one byte, which may be a part of a character.</summary>
    Byte = 1 << 5,

    Normalized = 1 << 6,
    StripsLeft = 1 << 7,
    StripsRight = 1 << 8,
    SingleWord = 1 << 9,

    /// <summary>Ends the output.</summary>
    EndOfGeneration = 1 << 30,
}

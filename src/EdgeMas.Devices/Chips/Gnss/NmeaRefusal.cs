namespace EdgeMas.Devices.Chips.Gnss;

/// <summary>Why a line is not believed.</summary>
public enum NmeaRefusal
{
    None,

    /// <summary>It has no <c>$</c>: a beginning that was missed, or noise.</summary>
    NoSentence,

    /// <summary>It has bytes that are no printable ASCII: noise, or a wrong baud rate.</summary>
    Noise,

    /// <summary>It did not end.</summary>
    TooLong,

    /// <summary>It does not end in <c>*</c> and two hexadecimal digits.</summary>
    NoChecksum,

    WrongChecksum,

    /// <summary>A field is missing, or out of its range.</summary>
    BadField,
}

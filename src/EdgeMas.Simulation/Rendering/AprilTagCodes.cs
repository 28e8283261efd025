namespace EdgeMas.Simulation.Rendering;

/// <summary>The first thirty tags of the AprilTag family 36h11.</summary>
/// <remarks>
/// Source: E. Olson, "AprilTag: A robust and flexible visual fiducial system", ICRA 2011; the family's published codes, read row by row from the top left,
/// highest bit first, as its pictures show them. A test compares them with OpenCV's dictionary, which holds the same tags turned by 180 degrees.
/// </remarks>
internal static class AprilTagCodes
{
    /// <summary>Cells along the side of the bits alone.</summary>
    public const int CellsInside = 6;

    /// <summary>With the black border: what a tag's size is measured over.</summary>
    public const int CellsWithBorder = 8;

    /// <summary>With the white margin around that.</summary>
    public const int CellsWithMargin = 10;

    private static readonly ulong[] Codes =
    [
        0xD5D628584, 0xD97F18B49, 0xDD280910E, 0xE479E9C98, 0xEBCBCA822, 0xF31DAB3AC,
        0x056A5D085, 0x10652E1D4, 0x22B1DFEAD, 0x265AD0472, 0x34FE91B86, 0x3FF962CD5,
        0x43A25329A, 0x474B4385F, 0x4E9D243E9, 0x5246149AE, 0x5997F5538, 0x683BB6C4C,
        0x6BE4A7211, 0x7E3158EEA, 0x81DA494AF, 0x858339A74, 0x8CD51A5FE, 0x9F21CC2D7,
        0xA2CABC89C, 0xADC58D9EB, 0xB16E7DFB0, 0xB8C05EB3A, 0xD25EF139D, 0xD607E1962,
    ];

    public static int Count => Codes.Length;

    /// <summary>36 bits, the top left one highest.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No tag of that id is known here.</exception>
    public static ulong Of(int id)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(id);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(id, Codes.Length);
        return Codes[id];
    }

    /// <param name="row">From the top of the black border, 0 to 7; outside of that is margin. Likewise <paramref name="column"/> from the left.</param>
    public static bool IsWhite(ulong code, int row, int column)
    {
        if (row is < 0 or >= CellsWithBorder || column is < 0 or >= CellsWithBorder)
            return true;
        if (row is 0 or CellsWithBorder - 1 || column is 0 or CellsWithBorder - 1)
            return false;
        var bit = ((row - 1) * CellsInside) + (column - 1);
        return ((code >> ((CellsInside * CellsInside) - 1 - bit)) & 1) != 0;
    }
}

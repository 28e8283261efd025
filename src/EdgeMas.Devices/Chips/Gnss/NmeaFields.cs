using System.Globalization;

namespace EdgeMas.Devices.Chips.Gnss;

/// <summary>Fields of NMEA sentences as numbers. Each is false for a field that is neither empty nor within its range.</summary>
internal static class NmeaFields
{
    private const int LongestNumber = 20;

    internal static bool TryNumber(ReadOnlySpan<byte> field, double least, double most, out double? value)
    {
        value = null;
        if (field.IsEmpty)
            return true;
        if (field.Length > LongestNumber || !double.TryParse(field, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            || !(number >= least && number <= most)) // NaN neither
            return false;
        value = number;
        return true;
    }

    /// <param name="field">hhmmss, with or without a fraction; second 60 is a leap second.</param>
    internal static bool TryTime(ReadOnlySpan<byte> field, out TimeSpan? time)
    {
        time = null;
        if (field.IsEmpty)
            return true;
        if (field.Length < 6 || !TryDigits(field[..2], 23, out var hours) || !TryDigits(field[2..4], 59, out var minutes)
            || !TryNumber(field[4..], 0, 60.999_999, out var seconds) || !char.IsAsciiDigit((char)field[4]) || !char.IsAsciiDigit((char)field[5]))
            return false;
        time = new TimeSpan(hours, minutes, 0) + TimeSpan.FromMicroseconds(Math.Round(seconds!.Value * 1e6));
        return true;
    }

    /// <param name="field">ddmmyy; years from 80 are of the last century, when there was no GPS before it.</param>
    internal static bool TryDate(ReadOnlySpan<byte> field, out DateTimeOffset? date)
    {
        date = null;
        if (field.IsEmpty)
            return true;
        if (field.Length != 6 || !TryDigits(field[..2], 31, out var day) || !TryDigits(field[2..4], 12, out var month) || !TryDigits(field[4..], 99, out var year))
            return false;
        year += year >= 80 ? 1900 : 2000;
        if (month < 1 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        date = new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero);
        return true;
    }

    /// <param name="field">Degrees with all their digits, then minutes: <c>ddmm.mmmm</c>, <c>dddmm.mmmm</c>.</param>
    /// <param name="side">N or S, E or W.</param>
    /// <param name="degreeDigits">2 of a latitude, 3 of a longitude.</param>
    /// <returns>False, too, where there is only one of both.</returns>
    internal static bool TryAngle(ReadOnlySpan<byte> field, ReadOnlySpan<byte> side, int degreeDigits, out double? degrees)
    {
        degrees = null;
        if (field.IsEmpty && side.IsEmpty)
            return true;
        var (most, positive, negative) = degreeDigits == 2 ? (90, (byte)'N', (byte)'S') : (180, (byte)'E', (byte)'W');
        if (side.Length != 1 || (side[0] != positive && side[0] != negative) || field.Length < degreeDigits + 2 || !TryDigits(field[..degreeDigits], most, out var whole)
            || !char.IsAsciiDigit((char)field[degreeDigits]) || !TryNumber(field[degreeDigits..], 0, 60, out var minutes) || minutes >= 60)
            return false;
        var angle = whole + (minutes!.Value / 60);
        if (angle > most)
            return false;
        degrees = side[0] == positive ? angle : -angle;
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> field, int most, out int value) =>
        int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= most;
}

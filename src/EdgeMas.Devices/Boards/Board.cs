namespace EdgeMas.Devices.Boards;

/// <summary>A computer with pins, as its file in <c>hardware/boards</c> describes it.</summary>
/// <param name="Name">The file's name without its ending.</param>
/// <param name="Title">For people.</param>
/// <param name="Models">What <c>/proc/device-tree/model</c> begins with on such a board.</param>
/// <param name="Node">A file that only this board has; null where its model tells it.</param>
/// <param name="GpioChip">Label of the GPIO chip that has the header's lines, as <c>gpiodetect</c> shows it.</param>
public sealed record Board(
    string Name, string Title, IReadOnlyList<string> Models, string? Node, string GpioChip, IReadOnlyList<BoardPin> Pins, IReadOnlyList<BoardBus> Buses)
{
    /// <summary>A pin by its number on the header, or by its name.</summary>
    public BoardPin? FindPin(string numberOrName) => Pins.FirstOrDefault(pin =>
        string.Equals(pin.Name, numberOrName, StringComparison.OrdinalIgnoreCase) || pin.Number.ToString(System.Globalization.CultureInfo.InvariantCulture) == numberOrName);

    public BoardBus? FindBus(string name) => Buses.FirstOrDefault(bus => bus.Name == name);

    /// <summary>The board that this program runs on.</summary>
    /// <param name="root">In front of every path; empty for this machine.</param>
    /// <returns>Null where it is none of these: another board, or a computer without pins.</returns>
    public static Board? Detect(IReadOnlyList<Board> boards, string root = "")
    {
        var model = ModelOf(root);
        return boards.FirstOrDefault(board => board.Node is { } node && Path.Exists(root + node))
            ?? boards.FirstOrDefault(board => model is not null && board.Models.Any(begin => model.StartsWith(begin, StringComparison.Ordinal)));
    }

    /// <returns>The name in the device tree; null on a computer that has none.</returns>
    public static string? ModelOf(string root = "")
    {
        var file = $"{root}/proc/device-tree/model";
        return File.Exists(file) ? File.ReadAllText(file).TrimEnd('\0', '\n') : null;
    }
}

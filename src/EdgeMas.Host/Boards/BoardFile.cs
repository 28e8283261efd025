using EdgeMas.Devices.Boards;
using EdgeMas.Host.Configuration;

namespace EdgeMas.Host.Boards;

/// <summary>Reads a file of <c>hardware/boards</c>; <c>board.schema.json</c> beside it describes it to editors.</summary>
internal static class BoardFile
{
    private const int MaxPin = 100;
    private const int MaxLine = 1023;
    private static readonly string[] Kinds = [.. Enum.GetNames<BoardBusKind>().Select(name => name.ToLowerInvariant())];

    /// <exception cref="ConfigurationException">The file cannot be used; the message names each error with file, line and column.</exception>
    public static Board Read(string path) => YamlFile.Read(path, (root, _) =>
    {
        var board = new Board(
            root.RequiredText("board", "my-board"), root.RequiredText("title", "My board"), root.Texts("models", []), root.Has("node") ? ReadNode(root) : null,
            root.RequiredText("gpio_chip", "pinctrl-bcm2711"), [.. root.Children("pins").Select(ReadPin)], [.. root.Children("buses").Select(ReadBus)]);
        if (board.Name.Length > 0 && board.Name != Path.GetFileNameWithoutExtension(path))
            root.Refuse("board", $"'{board.Name}' is not the file's name: write board: {Path.GetFileNameWithoutExtension(path)}, or rename the file");
        if (board.Models.Count == 0 == board.Node is null)
            root.Refuse("models", "a board is found by its model or by a node: write models: [what /proc/device-tree/model begins with], or node: /dev/… that only this board has");
        if (board.Pins.Count == 0)
            root.Refuse("pins", "a board has pins: write pins: and below it '- { pin: 11, name: GPIO17, line: 17 }'");
        RefuseTwice(root, "pins", "number on the header", board.Pins.Select(pin => $"{pin.Number}"));
        RefuseTwice(root, "pins", "name", board.Pins.Select(pin => pin.Name));
        RefuseTwice(root, "pins", "line", board.Pins.Select(pin => $"{pin.Line}"));
        RefuseTwice(root, "buses", "name", board.Buses.Select(bus => bus.Name));
        root.Close();
        return board;
    });

    private static BoardPin ReadPin(Section section)
    {
        if (!section.Has("pin"))
            section.Refuse("pin", "is missing: write the pin's number on the header");
        if (!section.Has("line"))
            section.Refuse("line", "is missing: write the line's offset in the GPIO chip ('gpioinfo' shows it)");
        var pin = new BoardPin(section.Whole("pin", 0, 1, MaxPin), section.RequiredText("name", "GPIO17"), section.Whole("line", 0, 0, MaxLine));
        section.Close();
        return pin;
    }

    private static BoardBus ReadBus(Section section)
    {
        if (!section.Has("kind"))
            section.Refuse("kind", $"is missing: write one of {string.Join(", ", Kinds)}");
        var kind = Enum.Parse<BoardBusKind>(section.Choice("kind", Kinds[0], Kinds), ignoreCase: true);
        var bus = new BoardBus(
            section.RequiredText("name", "i2c-1"), kind, ReadNode(section), [.. section.Texts("pins", []).Select(text => ReadPinNumber(section, text))],
            section.RequiredText("enable", "\"what a person does to have it\""));
        section.Close();
        return bus;
    }

    private static string ReadNode(Section section)
    {
        var node = section.RequiredText("node", "/dev/i2c-1");
        var star = node.IndexOf('*', StringComparison.Ordinal);
        if (node.Length > 0 && !node.StartsWith("/dev/", StringComparison.Ordinal) && !node.StartsWith("/sys/", StringComparison.Ordinal))
            section.Refuse("node", $"'{node}' is no device: write a path below /dev or /sys");
        else if (node.Split('/').Contains(".."))
            section.Refuse("node", "leave out '..'");
        else if (star >= 0 && node.IndexOf('/', star) >= 0)
            section.Refuse("node", "'*' may stand in the last part only");
        return node;
    }

    private static int ReadPinNumber(Section section, string text)
    {
        if (int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MaxPin)
            return number;
        section.Refuse("pins", $"'{text}' is no pin: write numbers on the header, such as [3, 5]");
        return 1;
    }

    private static void RefuseTwice(Section section, string key, string what, IEnumerable<string> values)
    {
        foreach (var twice in values.GroupBy(value => value, StringComparer.OrdinalIgnoreCase).Where(group => group.Skip(1).Any()))
            section.Refuse(key, $"the {what} {twice.Key} stands there twice");
    }
}

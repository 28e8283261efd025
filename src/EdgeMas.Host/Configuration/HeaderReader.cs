using System.Globalization;
using EdgeMas.Devices.Boards;
using EdgeMas.Devices.Stopping;
using EdgeMas.Host.Boards;

namespace EdgeMas.Host.Configuration;

/// <summary>Reads which pins and buses of a board's header a body's parts hang on. A pin has one use.</summary>
internal sealed class HeaderReader(Board board)
{
    private readonly List<BoardBus> _i2c = [];
    private readonly Dictionary<int, string> _used = [];

    public Board Board => board;

    /// <summary>In the order of their first use: <see cref="ReadI2c"/> gives places in it.</summary>
    public IReadOnlyList<BoardBus> I2cBuses => _i2c;

    /// <summary>What each pin of the header is used for, by its number.</summary>
    public IReadOnlyDictionary<int, string> Used => _used;

    /// <returns>Null where the body names no board, or none that there is.</returns>
    public static HeaderReader? Read(Section body)
    {
        var name = body.RequiredText("board", "raspberry-pi-5");
        if (name.Length == 0)
            return null;
        if (BoardShelf.Folder() is not { } folder)
        {
            body.Refuse("board", "there is no hardware/boards beside the program or above it: run edgemas from its checkout, or copy hardware/ beside it");
            return null;
        }
        string[] known = [.. Directory.EnumerateFiles(folder, "*.yaml").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)!];
        if (known.Contains(name, StringComparer.Ordinal))
            return new HeaderReader(BoardFile.Read(Path.Combine(folder, $"{name}.yaml")));
        body.Refuse("board", $"there is no board '{name}' in hardware/boards{Section.DidYouMean(name, known)}; there are {string.Join(", ", known)}");
        return null;
    }

    public StopLineWiring ReadStopButton(Section section)
    {
        var button = new StopLineWiring(ReadPin(section, "pin", "GPIO27"), section.Choice("stops_when", "high", "high", "low") == "high");
        section.Close();
        return button;
    }

    /// <returns>Its place in the list of buses.</returns>
    public int ReadI2c(Section section)
    {
        if (ReadBus(section, BoardBusKind.I2c) is not { } bus)
            return 0;
        if (_i2c.IndexOf(bus) is >= 0 and var known)
            return known;
        foreach (var pin in bus.Pins)
            Claim(section, "bus", pin);
        _i2c.Add(bus);
        return _i2c.Count - 1;
    }

    public BoardBus? ReadBus(Section section, BoardBusKind kind)
    {
        BoardBus[] buses = [.. board.Buses.Where(bus => bus.Kind == kind)];
        var word = kind.ToString().ToLowerInvariant();
        if (buses.Length == 0)
        {
            section.Refuse("bus", $"{board.Title} has no {word} bus: use another part, or another board");
            return null;
        }
        var name = section.Text("bus", buses[0].Name);
        if (buses.FirstOrDefault(bus => bus.Name == name) is { } found)
            return found;
        section.Refuse("bus", $"{board.Title} has no {word} bus '{name}'; it has {string.Join(", ", buses.Select(bus => bus.Name))}");
        return null;
    }

    public static int ReadAddress(Section section, int usual)
    {
        if (section.OptionalText("address") is not { } text)
            return usual;
        var isHexadecimal = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        if (int.TryParse(isHexadecimal ? text[2..] : text, isHexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var address) && address is >= 0x03 and <= 0x77)
            return address;
        section.Refuse("address", $"'{text}' is no I2C address: the chip's seven bits lie between 0x03 and 0x77");
        return usual;
    }

    public int ReadPin(Section section, string key, string example)
    {
        var name = section.RequiredText(key, example);
        return name.Length == 0 ? 0 : Line(section, key, name);
    }

    public int[] ReadPins(Section section, string key, int count, string example)
    {
        var names = section.Texts(key, []);
        if (names.Count == count)
            return [.. names.Select(name => Line(section, key, name))];
        section.Refuse(key, section.Has(key) ? $"expected {count} pins: {example}" : $"is missing: write {key}: {example}");
        return new int[count];
    }

    private int Line(Section section, string key, string name)
    {
        if (board.FindPin(name) is not { } pin)
        {
            section.Refuse(key, $"{board.Title} has no pin '{name}'{Section.DidYouMean(name, board.Pins.Select(known => known.Name))}; hardware/boards/{board.Name}.yaml lists its pins");
            return 0;
        }
        Claim(section, key, pin.Number);
        return pin.Line;
    }

    /// <summary>A pin has one use.</summary>
    public void Claim(Section section, string key, int pin)
    {
        var use = $"{section.Path}.{key}";
        if (!_used.TryAdd(pin, use))
            section.Refuse(key, $"header pin {pin} is {_used[pin]} already: a pin has one use");
    }
}

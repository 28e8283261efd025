using EdgeMas.Devices.Boards;
using EdgeMas.Devices.Chips.Gnss;
using EdgeMas.Devices.Serial;

namespace EdgeMas.Host.Configuration;

/// <summary>Reads where a satellite receiver hangs.</summary>
internal static class GnssReader
{
    private const string Example = "gnss: { port: /dev/serial/by-id/usb-u-blox_AG-if00, baud: 9600 }";

    /// <param name="robot">What was read before: a body of devices has a board with ports; a simulated one has none of its own.</param>
    /// <returns>Null where the file has none.</returns>
    public static GnssConfiguration? Read(Section root, RobotConfiguration robot)
    {
        if (!root.Has("gnss"))
            return null;
        var section = root.Child("gnss");
        var bus = ReadPort(section, robot.Body?.Board ?? robot.ArmBody?.Board);
        var used = robot.Body?.Pins ?? robot.ArmBody?.Pins;
        foreach (var pin in bus.Pins)
        {
            if (used?.GetValueOrDefault(pin) is { } use)
                section.Refuse("port", $"header pin {pin} is {use} already: a pin has one use");
        }
        var talker = section.OptionalText("talker");
        if (talker is not null && (talker.Length != 2 || !talker.All(char.IsAsciiLetterUpper)))
            section.Refuse("talker", $"'{talker}' is no talker: write GP for GPS alone, GN for several systems together, GL, GA or GB, or remove it to read all");
        var wiring = new GnssWiring(bus.Node, new SerialSettings(section.Whole("baud", 9600, SerialSettings.LeastBaud, SerialSettings.MostBaud)), bus.Enable.Length == 0 ? null : bus.Enable)
        {
            Talker = talker is { Length: 2 } ? talker : null,
            MaxAge = TimeSpan.FromMilliseconds(section.Number("max_age_ms", 2500, 200, 60_000)),
        };
        section.Close();
        if (robot.Clock != "realtime")
            root.Refuse("clock", "a satellite receiver keeps real time: write clock: realtime, or remove gnss");
        return new GnssConfiguration(bus, wiring);
    }

    private static BoardBus ReadPort(Section section, Board? board)
    {
        const string device = "/dev/";
        var port = section.RequiredText("port", board is null ? "/dev/serial0" : "serial");
        if (port.StartsWith(device, StringComparison.Ordinal) && port.Length > device.Length)
            return board?.Buses.FirstOrDefault(bus => bus.Kind == BoardBusKind.Serial && bus.Node == port) ?? new BoardBus("gnss", BoardBusKind.Serial, port, [], "");
        BoardBus[] known = [.. board?.Buses.Where(static bus => bus.Kind == BoardBusKind.Serial) ?? []];
        if (known.FirstOrDefault(bus => bus.Name == port) is { } found)
            return found;
        if (port.Length > 0)
            section.Refuse("port", $"'{port}' is no port: write a path such as {Example}{(known.Length == 0 ? "" : $", or a serial bus of {board!.Title}: {string.Join(", ", known.Select(bus => bus.Name))}")}");
        return new BoardBus("gnss", BoardBusKind.Serial, "/dev/serial0", [], "");
    }
}

using System.Text.Json;
using EdgeMas.Devices.Boards;
using EdgeMas.Host.Boards;
using EdgeMas.Host.Configuration;

namespace EdgeMas.Host.Tests.Boards;

public sealed class BoardFileTests : IDisposable
{
    private const string Right = """
        board: mine
        title: My board
        models: [My Board]
        gpio_chip: pinctrl
        pins:
          - { pin: 11, name: GPIO17, line: 17 }
          - { pin: 13, name: GPIO27, line: 27 }
        buses:
          - name: i2c-1
            kind: i2c
            node: /dev/i2c-1
            pins: [3, 5]
            enable: load i2c-dev
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgemas-boards-");

    public static TheoryData<string> Shipped => [.. Directory.GetFiles(BoardShelf.Folder()!, "*.yaml").Select(path => Path.GetFileNameWithoutExtension(path))];

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_promised_boards_are_there() => Assert.Equal(
        ["jetson-orin-nano", "jetson-orin-nx", "raspberry-pi-4", "raspberry-pi-5", "raspberry-pi-zero-2-w", "simboard"],
        BoardShelf.Read(BoardShelf.Folder()!).Select(board => board.Name));

    [Theory]
    [MemberData(nameof(Shipped))]
    public void A_shipped_boards_spi_and_pwm_use_pins_of_its_header(string name)
    {
        var board = BoardFile.Read(Path.Combine(BoardShelf.Folder()!, $"{name}.yaml"));

        Assert.All(board.Buses.Where(bus => bus.Kind is BoardBusKind.Spi or BoardBusKind.Pwm).SelectMany(bus => bus.Pins), pin => Assert.Contains(board.Pins, known => known.Number == pin));
    }

    [Theory]
    [InlineData("Raspberry Pi 4 Model B Rev 1.5", "raspberry-pi-4")]
    [InlineData("Raspberry Pi 5 Model B Rev 1.0", "raspberry-pi-5")]
    [InlineData("Raspberry Pi Zero 2 W Rev 1.0", "raspberry-pi-zero-2-w")]
    [InlineData("NVIDIA Jetson Orin Nano Engineering Reference Developer Kit Super", "jetson-orin-nano")]
    [InlineData("NVIDIA Jetson Orin NX Engineering Reference Developer Kit", "jetson-orin-nx")]
    [InlineData("Raspberry Pi 3 Model B Rev 1.2", null)]
    public void A_boards_device_tree_names_it(string model, string? name)
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "proc", "device-tree"));
        File.WriteAllText(Path.Combine(_folder.FullName, "proc", "device-tree", "model"), $"{model}\0");

        Assert.Equal(name, Board.Detect(BoardShelf.Read(BoardShelf.Folder()!), _folder.FullName)?.Name);
    }

    [Fact]
    public void Pins_and_buses_are_what_the_file_says()
    {
        var board = Read(Right);

        Assert.Equal((13, 27), (board.FindPin("GPIO27")!.Number, board.FindPin("13")!.Line));
        Assert.Equal((BoardBusKind.I2c, "/dev/i2c-1", "load i2c-dev"), (board.Buses[0].Kind, board.Buses[0].Node, board.Buses[0].Enable));
        Assert.Equal([3, 5], board.Buses[0].Pins);
    }

    [Theory]
    [InlineData("board: mine", "board: yours", 1, "board", "rename the file")]
    [InlineData("title: My board", "titel: My board", 2, "titel", "allowed here: board, title, models")]
    [InlineData("models: [My Board]", "node: /proc/cpuinfo", 3, "node", "below /dev or /sys")]
    [InlineData("gpio_chip: pinctrl", "gpio_chip:", 4, "gpio_chip", "has no value")]
    [InlineData("name: GPIO17, line: 17", "name: GPIO17", 6, "pins[0].line", "gpioinfo")]
    [InlineData("pin: 11", "pin: eleven", 6, "pins[0].pin", "not a number")]
    [InlineData("line: 17", "line: 1.5", 6, "pins[0].line", "not a whole number")]
    [InlineData("line: 27", "line: 17", 6, "pins", "line 17 stands there twice")]
    [InlineData("name: GPIO27", "name: gpio17", 6, "pins", "name GPIO17 stands there twice")]
    [InlineData("kind: i2c", "kind: i3c", 10, "buses[0].kind", "did you mean 'i2c'")]
    [InlineData("node: /dev/i2c-1", "node: /dev/../etc/passwd", 11, "buses[0].node", "leave out '..'")]
    [InlineData("node: /dev/i2c-1", "node: /sys/*/pwm", 11, "buses[0].node", "last part only")]
    [InlineData("pins: [3, 5]", "pins: [3, SCL]", 12, "buses[0].pins", "'SCL' is no pin")]
    public void A_mistake_is_told_with_its_line_its_key_and_the_mend(string right, string wrong, int line, string key, string words)
    {
        var error = Assert.Throws<ConfigurationException>(() => Read(Right.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.Contains(error.Errors, told => told.Line == line && told.Key == key && told.Problem.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public void A_board_that_nothing_tells_is_refused() =>
        Assert.Contains("/proc/device-tree/model", Assert.Throws<ConfigurationException>(() => Read(Right.Replace("models: [My Board]\n", "", StringComparison.Ordinal))).Message);

    /// <summary>The schema's keys, each given a value that nothing takes: the reader knows every one, and no other.</summary>
    [Fact]
    public void The_schema_for_editors_has_the_readers_keys()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(BoardShelf.Folder()!, "board.schema.json")));
        var properties = schema.RootElement.GetProperty("properties");
        var error = Assert.Throws<ConfigurationException>(() => Read("unknown: 1\npins: [{ unknown: 1 }]\nbuses: [{ unknown: 1 }]\n"));

        AssertKeys("unknown", properties);
        AssertKeys("pins[0].unknown", properties.GetProperty("pins").GetProperty("items").GetProperty("properties"));
        AssertKeys("buses[0].unknown", properties.GetProperty("buses").GetProperty("items").GetProperty("properties"));

        void AssertKeys(string key, JsonElement described)
        {
            var problem = Assert.Single(error.Errors, told => told.Key == key).Problem;
            Assert.Equal(described.EnumerateObject().Select(property => property.Name).Order(), problem[(problem.IndexOf("here: ", StringComparison.Ordinal) + 6)..].Split(", ").Order());
        }
    }

    private Board Read(string text)
    {
        var file = Path.Combine(_folder.FullName, "mine.yaml");
        File.WriteAllText(file, text);
        return BoardFile.Read(file);
    }
}

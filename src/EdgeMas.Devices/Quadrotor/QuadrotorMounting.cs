using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeMas.Core;
using EdgeMas.Devices.Boards;
using EdgeMas.Devices.Gpio;

namespace EdgeMas.Devices.Quadrotor;

/// <summary>A quadrotor's wiring with the names that its board has for chip and buses; this machine's names for them are found each time that they are looked for.</summary>
/// <param name="Wiring">Lines are those of the board's file.</param>
/// <param name="I2cBuses">The bus numbers in <paramref name="Wiring"/> are indices into this list.</param>
/// <param name="GpioLabel">Of the GPIO chip that has the header's lines.</param>
public sealed partial record QuadrotorMounting(QuadrotorWiring Wiring, IReadOnlyList<BoardBus> I2cBuses, string GpioLabel)
{
    /// <summary>The wiring with what this machine calls its chip and buses.</summary>
    /// <exception cref="Errors.DeviceException">It has no such chip or bus, or forbids it.</exception>
    public QuadrotorWiring Resolve(QuadrotorWiring wiring) => wiring with
    {
        GpioChip = GpioChips.Find(GpioLabel),
        Rotors = wiring.Rotors with { I2cBus = I2cBuses[wiring.Rotors.I2cBus].Number() },
        Imu = wiring.Imu with { I2cBus = I2cBuses[wiring.Imu.I2cBus].Number() },
        Height = wiring.Height with { I2cBus = I2cBuses[wiring.Height.I2cBus].Number() },
        Battery = wiring.Battery is { } battery ? battery with { I2cBus = I2cBuses[battery.I2cBus].Number() } : null,
    };

    /// <summary>For the process that runs the drivers.</summary>
    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this, QuadrotorJson.Default.QuadrotorMounting);

    /// <exception cref="JsonException">It is no mounting, or its wiring cannot be.</exception>
    public static QuadrotorMounting Parse(JsonElement json)
    {
        var mounting = CompleteJson.Read(json, QuadrotorJson.Default.QuadrotorMounting);
        var wiring = mounting.Wiring;
        if (new[] { wiring.Rotors.I2cBus, wiring.Imu.I2cBus, wiring.Height.I2cBus, wiring.Battery?.I2cBus ?? 0 }.Any(bus => bus < 0 || bus >= mounting.I2cBuses.Count))
            throw new JsonException($"a part hangs on a bus that is none of the {mounting.I2cBuses.Count} listed");
        try
        {
            wiring.Rotors.Check();
        }
        catch (ArgumentException error)
        {
            throw new JsonException(error.Message, error);
        }
        return mounting;
    }

    [JsonSourceGenerationOptions(UseStringEnumConverter = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, IgnoreReadOnlyProperties = true, RespectNullableAnnotations = true)]
    [JsonSerializable(typeof(QuadrotorMounting))]
    private sealed partial class QuadrotorJson : JsonSerializerContext;
}

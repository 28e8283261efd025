using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeMas.Core;
using EdgeMas.Devices.Boards;
using EdgeMas.Devices.Gpio;

namespace EdgeMas.Devices.Arm;

/// <summary>An arm's wiring with the names that its board has for chip and bus; this machine's names for them are found each time that they are looked for.</summary>
/// <param name="Wiring">Lines are those of the board's file.</param>
/// <param name="I2cBus">That the servos' chip hangs on.</param>
/// <param name="GpioLabel">Of the GPIO chip that has the header's lines.</param>
public sealed partial record ArmMounting(ArmWiring Wiring, BoardBus I2cBus, string GpioLabel)
{
    /// <summary>The wiring with what this machine calls its chip and bus.</summary>
    /// <exception cref="Errors.DeviceException">It has no such chip or bus, or forbids it.</exception>
    public ArmWiring Resolve(ArmWiring wiring)
    {
        var found = wiring with { I2cBus = I2cBus.Number() };
        return wiring.OutputEnableLine is null && wiring.StopLine is null ? found : found with { GpioChip = GpioChips.Find(GpioLabel) };
    }

    /// <summary>For the process that runs the drivers.</summary>
    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this, ArmJson.Default.ArmMounting);

    /// <exception cref="JsonException">It is no mounting, or its wiring cannot be.</exception>
    public static ArmMounting Parse(JsonElement json)
    {
        var mounting = CompleteJson.Read(json, ArmJson.Default.ArmMounting);
        try
        {
            mounting.Wiring.Check();
        }
        catch (ArgumentException error)
        {
            throw new JsonException(error.Message, error);
        }
        return mounting;
    }

    [JsonSourceGenerationOptions(UseStringEnumConverter = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, IgnoreReadOnlyProperties = true, RespectNullableAnnotations = true)]
    [JsonSerializable(typeof(ArmMounting))]
    private sealed partial class ArmJson : JsonSerializerContext;
}

using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeMas.Core;
using EdgeMas.Core.Motion;
using EdgeMas.Devices.Chips.HBridge;
using EdgeMas.Devices.Stopping;

namespace EdgeMas.Devices.Rover;

/// <summary>How a rover's motors, encoders and sensors are wired to its board. Lines are offsets in <see cref="GpioChip"/>.</summary>
public sealed partial record RoverWiring
{
    /// <summary>Path of the GPIO chip that has the header's lines: <c>/dev/gpiochip0</c>.</summary>
    public required string GpioChip { get; init; }

    public required DifferentialDriveGeometry Geometry { get; init; }

    public required WheelWiring Left { get; init; }

    public required WheelWiring Right { get; init; }

    public HBridgeKind Bridge { get; init; }

    /// <summary>The TB6612's STBY for both motors; null where it is tied to the supply.</summary>
    public int? StandbyLine { get; init; }

    public required PwmWiring Pwm { get; init; }

    /// <summary>Null for a rover without: its heading then comes from the wheels alone.</summary>
    public ImuWiring? Imu { get; init; }

    /// <summary>Null for a rover that does not look ahead.</summary>
    public RangeFinderWiring? RangeFinder { get; init; }

    /// <summary>Null for a rover without a stop button.</summary>
    public StopLineWiring? StopLine { get; init; }

    /// <summary>Without a setpoint for so long the motors are braked, whoever should have given one.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>For the process that runs the drivers.</summary>
    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this, Json.Default.RoverWiring);

    /// <exception cref="JsonException">It is no wiring, or not a whole one.</exception>
    public static RoverWiring Parse(JsonElement json) => CompleteJson.Read(json, Json.Default.RoverWiring);

    [JsonSourceGenerationOptions(UseStringEnumConverter = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, IgnoreReadOnlyProperties = true, RespectNullableAnnotations = true)]
    [JsonSerializable(typeof(RoverWiring))]
    private sealed partial class Json : JsonSerializerContext;
}

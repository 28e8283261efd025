using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeMas.Control.Arm;
using EdgeMas.Control.Envelope;
using EdgeMas.Control.Flight;
using EdgeMas.Control.Loop;
using EdgeMas.Core;

namespace EdgeMas.Control.Process;

/// <summary>What a core runs under: read once at its start, and not to be changed by a host.</summary>
public sealed partial record CoreSettings
{
    public static TimeSpan DefaultHostPatience { get; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Ticks a second, below which nothing is flown.</summary>
    public const int LeastFlightRateHz = 200;

    /// <summary>Ticks a second, 50 to 1000; of a quadrotor <see cref="LeastFlightRateHz"/> or more.</summary>
    public int RateHz { get; init; } = 100;

    /// <summary>With a <see cref="EnvelopeOptions.HostPatience"/>: a core without one would go on without its host.</summary>
    public EnvelopeOptions Envelope { get; init; } = new() { HostPatience = DefaultHostPatience, ReadingPatience = TimeSpan.FromMilliseconds(50) };

    public ControlOptions Control { get; init; } = new();

    /// <summary>Of a core that flies a quadrotor, which <see cref="Envelope"/> and <see cref="Control"/> do not concern; null for others. With a <see cref="Vehicles.VehicleLimits.HostPatience"/>.</summary>
    public QuadrotorSettings? Quadrotor { get; init; }

    /// <summary>Of a core that moves an arm, likewise; null for others.</summary>
    public ArmLimits? Arm { get; init; }

    /// <summary>The wiring of a body whose drivers the core runs itself, as those drivers write it; null where another process has the body.</summary>
    public JsonElement? Wiring { get; init; }

    /// <summary>Seconds, 1 to 86400, after which the kernel restarts the board when the core has died or its loop hangs; null to leave the kernel's watchdog alone.</summary>
    public int? KernelWatchdogSeconds { get; init; }

    /// <summary>How long the host may give no sign of life.</summary>
    internal TimeSpan HostPatience => (Quadrotor?.Limits.Vehicle ?? Arm?.Vehicle)?.HostPatience ?? Envelope.HostPatience;

    /// <summary>Differs for settings that differ.</summary>
    /// <remarks>FNV-1a, 64 bits, http://www.isthe.com/chongo/tech/comp/fnv/.</remarks>
    internal ulong Fingerprint
    {
        get
        {
            var hash = 14695981039346656037UL;
            foreach (var octet in ToUtf8())
                hash = unchecked((hash ^ octet) * 1099511628211UL);
            return hash;
        }
    }

    public byte[] ToUtf8() => JsonSerializer.SerializeToUtf8Bytes(this, Json.Default.CoreSettings);

    /// <exception cref="ControlOptionsException">It is no such JSON, or a value cannot be used.</exception>
    public static CoreSettings Parse(ReadOnlySpan<byte> utf8)
    {
        CoreSettings settings;
        try
        {
            settings = CompleteJson.Read(UntrustedJson.Parse(utf8.ToArray(), "not JSON"), Json.Default.CoreSettings);
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            throw new ControlOptionsException(nameof(CoreSettings), error.Message);
        }
        settings.Check();
        return settings;
    }

    internal void Check()
    {
        ControlOptionsException.ThrowUnlessWithin(RateHz, Quadrotor is null ? 50 : LeastFlightRateHz, 1000, $"{nameof(CoreSettings)}.{nameof(RateHz)}");
        if (KernelWatchdogSeconds is { } seconds)
            ControlOptionsException.ThrowUnlessWithin(seconds, 1, 86_400, $"{nameof(CoreSettings)}.{nameof(KernelWatchdogSeconds)}");
        Envelope.Check();
        Control.Check(Envelope);
        Quadrotor?.Check();
        Arm?.Check();
        if (Quadrotor is not null && Arm is not null)
            throw new ControlOptionsException($"{nameof(CoreSettings)}.{nameof(Arm)}", "a core moves one vehicle: give a quadrotor or an arm");
        if (HostPatience == Timeout.InfiniteTimeSpan)
            throw new ControlOptionsException($"{nameof(CoreSettings)}.{nameof(HostPatience)}", "a core of its own needs one");
    }

    [JsonSourceGenerationOptions(
        WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, IgnoreReadOnlyProperties = true,
        RespectNullableAnnotations = true)]
    [JsonSerializable(typeof(CoreSettings))]
    private sealed partial class Json : JsonSerializerContext;
}

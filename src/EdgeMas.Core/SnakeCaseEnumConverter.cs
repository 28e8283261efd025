using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeMas.Core;

/// <summary>An enumeration as snake_case words, flags separated by commas; numbers are refused.</summary>
public sealed class SnakeCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;

namespace EdgeMas.Host.Session;

/// <summary>What the command line adds to a robot's configuration for one run.</summary>
internal sealed record RunSettings
{
    public required string ConfigurationFile { get; init; }

    public IReadOnlyList<string> Orders { get; init; } = [];

    /// <summary>Skills that are called by name, after the orders.</summary>
    public IReadOnlyList<DirectCall> Calls { get; init; } = [];

    /// <summary>WAV or raw files that are played into the audio agent, before the orders.</summary>
    public IReadOnlyList<string> Sounds { get; init; } = [];

    /// <summary>ALSA device to listen to; null for none.</summary>
    public string? Microphone { get; init; }

    public bool Headless { get; init; }

    public bool Json { get; init; }

    public bool ExitAfterOrders { get; init; }

    public string? Model { get; init; }

    public string? PromptStyle { get; init; }

    public string? Broker { get; init; }

    public string? Speed { get; init; }

    public int? Seed { get; init; }

    public string? DataDirectory { get; init; }

    /// <summary>Nothing more is to come when the sounds and orders are done.</summary>
    public bool EndsByItself => ExitAfterOrders || (Headless && Orders.Count + Sounds.Count + Calls.Count > 0);
}

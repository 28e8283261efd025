namespace EdgeMas.Core.Events;

/// <summary>An order in words.</summary>
/// <param name="Source">console, mqtt, wav, …: shown and stored with the mission.</param>
public sealed record OrderRequest(string Text, string Source);

namespace EdgeMas.Audio.Tests;

/// <summary>Tests that measure the process or own what it has once, and so run one at a time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    internal const string Name = "alone";
}

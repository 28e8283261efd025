namespace EdgeMas.Audio.Recognition;

/// <summary>
/// Words for things that orders may name. A grammar hears only what it lists: a robot in other surroundings lists its own things.
/// </summary>
public sealed record ThingWords
{
    public static ThingWords Default { get; } = new();

    public IReadOnlyList<string> Adjectives { get; init; } =
    [
        "red", "green", "blue", "yellow", "orange", "purple", "pink", "black", "white", "gray", "brown", "big", "small", "large", "little", "wooden", "broken", "empty",
    ];

    /// <summary>Singular; the plural is heard too.</summary>
    public IReadOnlyList<string> Nouns { get; init; } =
    [
        "ball", "box", "cone", "cube", "cylinder", "tag", "marker", "sign", "person", "man", "woman", "child", "dog", "cat", "bird", "chair", "table", "door", "window",
        "wall", "bottle", "cup", "book", "bag", "backpack", "suitcase", "umbrella", "phone", "laptop", "plant", "tree", "flower", "car", "truck", "bicycle", "tire",
        "bucket", "barrel", "crate", "pallet", "tool", "hammer", "toy", "lamp", "light", "shoe", "hat", "key",
    ];

    /// <summary>Followed by a number: <c>tag three</c>.</summary>
    public IReadOnlyList<string> Numbered { get; init; } = ["tag", "marker"];

    /// <summary>Whole names beside those, such as <c>fire extinguisher</c>.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];
}

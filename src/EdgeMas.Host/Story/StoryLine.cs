namespace EdgeMas.Host.Story;

internal sealed record StoryLine(DateTimeOffset Time, StoryKind Kind, string Text);

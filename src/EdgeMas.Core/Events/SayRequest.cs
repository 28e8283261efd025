namespace EdgeMas.Core.Events;

/// <param name="Text">What to speak; at most 1,000 characters are spoken.</param>
public sealed record SayRequest(string Text);

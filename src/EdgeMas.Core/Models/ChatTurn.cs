namespace EdgeMas.Core.Models;

/// <param name="Role">system, user, assistant or tool.</param>
public sealed record ChatTurn(string Role, string Content);

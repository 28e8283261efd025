namespace EdgeMas.Core.Models;

/// <summary>
/// Decides which tokens may come next. Owned by one sequence and called on the engine's thread only: <see cref="FillMask"/>, then
/// <see cref="Accept"/> with the token taken, until <see cref="IsComplete"/> and the end token is chosen.
/// </summary>
public interface ITokenConstraint
{
    /// <summary>The output so far is whole: the end-of-turn token is allowed now.</summary>
    bool IsComplete { get; }

    /// <summary>Sets bit t of word t/32 for every token t allowed next; clears the others. At least one bit, or <see cref="IsComplete"/>.</summary>
    /// <param name="mask">At least vocabulary size / 32 words, rounded up.</param>
    void FillMask(Span<uint> mask);

    /// <summary>Writes tokens that are the only possibility next, in order; they enter the batch unsampled and are not passed to <see cref="Accept"/>.</summary>
    /// <returns>Tokens written; 0 when there is a choice.</returns>
    int TakeForced(Span<int> tokens);

    /// <exception cref="ArgumentOutOfRangeException">The token was not allowed.</exception>
    void Accept(int token);
}

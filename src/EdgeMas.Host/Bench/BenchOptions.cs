namespace EdgeMas.Host.Bench;

/// <summary>What is measured on which model.</summary>
/// <param name="PeerFolder">With llama.cpp's programs; null to measure EdgeMas alone.</param>
/// <param name="Runs">Of each contender, in turn.</param>
/// <param name="Shared">Prompt tokens that all agents have in common.</param>
/// <param name="Own">Prompt tokens of each agent's own.</param>
/// <param name="Output">Tokens that each agent is to get.</param>
internal sealed record BenchOptions(string Model, string? PeerFolder, int Runs, int Threads, int Agents, int Shared, int Own, int Output)
{
    /// <summary>Prompt tokens of a request in the background.</summary>
    public int Background => 2 * Shared;

    /// <summary>Times that each agent asks.</summary>
    public int Rounds { get; init; } = 1;

    /// <summary>EdgeMas may guess how outputs go on. Off: random weights repeat themselves more than text does, which would flatter it.</summary>
    public bool Speculates { get; init; }

    /// <summary>Of <c>edgemas serve</c>.</summary>
    public string[] ServeOptions => Speculates ? [] : ["--no-speculation"];

    /// <summary>Prompt and output of an agent.</summary>
    public int Context => Shared + Own + Output;

    /// <param name="agent">From 0.</param>
    public int[] AgentPrompt(int run, int agent, int vocabulary) => [.. Prompt(run, Shared, vocabulary), .. Prompt((run * 1000) + agent + 1, Own, vocabulary)];

    /// <summary>The ids of tokens, different in each run: nobody has seen them before. Ids near the ends of the vocabulary may be control tokens.</summary>
    public static int[] Prompt(int seed, int tokens, int vocabulary)
    {
        const int Margin = 300;
        var random = new Random(seed);
        return [.. Enumerable.Range(0, tokens).Select(_ => random.Next(Margin, vocabulary - Margin))];
    }
}

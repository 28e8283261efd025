using EdgeMas.Core.Models;
using EdgeMas.Core.Outputs;

namespace EdgeMas.Reasoning.Tests.Planning;

/// <summary>Counts how many of the tokens were forced, and how long a constraint takes to make.</summary>
/// <param name="forces">False leaves every token to the model.</param>
internal sealed class CountedConstraints(IConstraintCompiler inner, bool forces = true) : IConstraintCompiler
{
    private readonly List<double> _milliseconds = [];

    internal int Forced { get; private set; }

    internal int Chosen { get; private set; }

    internal double ForcedShare => (double)Forced / Math.Max(1, Forced + Chosen);

    internal double CreateMilliseconds => _milliseconds.Order().ElementAt(_milliseconds.Count / 2);

    public ITokenConstraint CompileJson(System.Text.Json.JsonElement? schema) => throw new NotSupportedException("plans are no schema");

    public ITokenConstraint Compile(OutputLanguage language)
    {
        var began = TimeProvider.System.GetTimestamp();
        var constraint = inner.Compile(language);
        _milliseconds.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
        return new Counted(this, constraint, forces);
    }

    private sealed class Counted(CountedConstraints counts, ITokenConstraint inner, bool forces) : ITokenConstraint
    {
        public bool IsComplete => inner.IsComplete;

        public void FillMask(Span<uint> mask) => inner.FillMask(mask);

        public int TakeForced(Span<int> tokens)
        {
            if (!forces)
                return 0;
            var count = inner.TakeForced(tokens);
            counts.Forced += count;
            return count;
        }

        public void Accept(int token)
        {
            counts.Chosen++;
            inner.Accept(token);
        }
    }
}

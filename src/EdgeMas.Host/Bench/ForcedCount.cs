using System.Text.Json;
using EdgeMas.Core.Models;
using EdgeMas.Core.Outputs;

namespace EdgeMas.Host.Bench;

/// <summary>Counts the tokens that constraints force and those that the model chooses. One stream.</summary>
internal sealed class ForcedCount(IConstraintCompiler inner) : IConstraintCompiler
{
    public int Forced { get; private set; }

    public int Chosen { get; private set; }

    public ITokenConstraint CompileJson(JsonElement? schema) => new Counted(this, inner.CompileJson(schema));

    public ITokenConstraint Compile(OutputLanguage language) => new Counted(this, inner.Compile(language));

    private sealed class Counted(ForcedCount owner, ITokenConstraint constraint) : ITokenConstraint
    {
        public bool IsComplete => constraint.IsComplete;

        public void FillMask(Span<uint> mask) => constraint.FillMask(mask);

        public int TakeForced(Span<int> tokens)
        {
            var count = constraint.TakeForced(tokens);
            owner.Forced += count;
            return count;
        }

        public void Accept(int token)
        {
            owner.Chosen++;
            constraint.Accept(token);
        }
    }
}

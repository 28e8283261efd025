using System.Text.Json;
using EdgeMas.Core.Outputs;

namespace EdgeMas.Core.Models;

/// <summary>Makes constraints for the output of one model. A grammar engine offers it; who wires the process plugs it in. Any thread.</summary>
public interface IConstraintCompiler
{
    /// <param name="schema">JSON Schema of the output; null for any JSON object.</param>
    /// <returns>A constraint for one output.</returns>
    /// <exception cref="ModelException">The schema cannot be held; says where, why and how to mend it (<see cref="ModelFault.Request"/>).</exception>
    ITokenConstraint CompileJson(JsonElement? schema);

    /// <summary>Asking again with the same object costs little: what was prepared for it is kept as long as the object lives.</summary>
    /// <returns>A constraint for one output.</returns>
    /// <exception cref="ArgumentException">The language has no text.</exception>
    /// <exception cref="ModelException">A regular expression or grammar in it is wrong; says where and why (<see cref="ModelFault.Request"/>).</exception>
    ITokenConstraint Compile(OutputLanguage language);
}

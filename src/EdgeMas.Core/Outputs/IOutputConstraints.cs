using EdgeMas.Core.Models;

namespace EdgeMas.Core.Outputs;

/// <summary>Holds one model's outputs to languages. A grammar engine offers it; who wires the process plugs it in. Any thread.</summary>
public interface IOutputConstraints
{
    /// <summary>Asking again with the same object costs little: what was prepared for it is kept as long as the object lives.</summary>
    /// <returns>A constraint for one output.</returns>
    /// <exception cref="ArgumentException">The language has no text.</exception>
    ITokenConstraint Create(OutputLanguage language);
}

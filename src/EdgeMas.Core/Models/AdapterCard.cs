namespace EdgeMas.Core.Models;

/// <summary>A LoRA adapter that requests can ask for by its name: small weights that are added to a model's own (Hu et al., ICLR 2022).</summary>
/// <param name="Name">1 to 64 letters, digits and . _ -; not <see cref="None"/>.</param>
/// <param name="Path">A GGUF file whose type is adapter, made for the same model; absolute.</param>
/// <param name="Scale">How strongly it counts; 1 as it was trained.</param>
public sealed record AdapterCard(string Name, string Path, float Scale = 1)
{
    /// <summary>Names the model's weights alone, where it has an adapter of its own too.</summary>
    public const string None = "none";
}

using EdgeMas.Core.Models;

namespace EdgeMas.Inference.Persistence;

/// <summary>What the last process kept, read while the model is loaded.</summary>
/// <param name="Refused">Why nothing of it can be used, or null.</param>
internal sealed record KeptState(StateFile File, IReadOnlyList<StateRun> Runs, string? Refused)
{
    /// <exception cref="ModelException">The folder cannot be used.</exception>
    internal static KeptState Read(ModelCard card, string folder, int gpuLayers)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(card.Name, $"its prompts cannot be kept in {folder}: {exception.Message} Name another folder.", exception);
        }
        var name = string.Join('_', card.Name.Split(Path.GetInvalidFileNameChars()));
        var file = new StateFile(Path.Combine(folder, $"{name}.kv"), StateFingerprint.Of(card, gpuLayers)) { Adapters = StateFingerprint.OfAdapters(card) };
        try
        {
            return new KeptState(file, file.Read(), Refused: null);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return new KeptState(file, [], exception.Message);
        }
    }
}

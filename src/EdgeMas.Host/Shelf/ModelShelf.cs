using EdgeMas.Core.Models;
using EdgeMas.Host.Configuration;

namespace EdgeMas.Host.Shelf;

/// <summary>Finds the files of the models that the manifest names: beside the manifest, in <c>EDGEMAS_MODELS</c>, and in the working directory's <c>models/</c>.</summary>
internal sealed class ModelShelf
{
    private readonly IReadOnlyList<string> _folders;

    private ModelShelf(IReadOnlyList<ShelfCard> cards, IReadOnlyList<string> folders)
    {
        Cards = cards;
        _folders = folders;
    }

    public IReadOnlyList<ShelfCard> Cards { get; }

    /// <summary>Where fetched models go.</summary>
    public string PullFolder => _folders[0];

    /// <exception cref="ConfigurationException">The manifest cannot be used.</exception>
    public static ModelShelf Open()
    {
        var manifest = ModelManifest.Find();
        var named = Environment.GetEnvironmentVariable("EDGEMAS_MODELS");
        string?[] folders = [named, manifest is null ? null : Path.GetDirectoryName(manifest), Path.GetFullPath("models")];
        return new ModelShelf(manifest is null ? [] : ModelManifest.Read(manifest), [.. folders.OfType<string>().Where(folder => folder.Length > 0).Distinct()]);
    }

    /// <returns>Absolute path, or null.</returns>
    public string? Find(ShelfFile file) => FindFile(file.Name);

    public string? Find(ShelfCard card) => card.Files.Select(Find).FirstOrDefault(path => path is not null);

    public string? FindFile(string name) => _folders.Select(folder => Path.Combine(folder, name)).Where(File.Exists).Select(Path.GetFullPath).FirstOrDefault();

    /// <returns>The file that <see cref="Take(ModelConfiguration)"/> would take, or null where it is not there.</returns>
    public string? PathOf(ModelConfiguration wanted) =>
        Cards.FirstOrDefault(card => card.Name == wanted.Name) is { } card ? Find(card) : File.Exists(wanted.Name) ? Path.GetFullPath(wanted.Name) : null;

    /// <param name="wanted">A card's name, or the path of a GGUF file.</param>
    /// <exception cref="ModelException">No such card or file; the message lists what there is and how to fetch.</exception>
    public ModelCard Take(ModelConfiguration wanted)
    {
        if (Cards.FirstOrDefault(card => card.Name == wanted.Name) is { } named)
            return Take(named, wanted);
        if (File.Exists(wanted.Name))
        {
            var style = ModelManifest.StyleOf(wanted.PromptStyle ?? "chat");
            return new ModelCard(Path.GetFileNameWithoutExtension(wanted.Name), Path.GetFullPath(wanted.Name), null, style, "see its own card", wanted.ContextTokens ?? 4096) { Adapters = Take(wanted.Adapters) };
        }
        var known = string.Join(", ", Cards.Select(card => card.Name));
        throw new ModelException(wanted.Name, $"neither a card of the manifest ({known}) nor a file{Section.DidYouMean(wanted.Name, Cards.Select(card => card.Name))}");
    }

    private ModelCard Take(ShelfCard card, ModelConfiguration wanted)
    {
        var mend = card.Url is null ? "'git checkout models' or setup brings it back" : $"'edgemas models pull {card.Name}' fetches it; or set EDGEMAS_MODELS to its folder";
        var path = Find(card) ?? throw new ModelException(card.Name, $"{string.Join(" or ", card.Files.Select(file => file.Name))} is not in {string.Join(", ", _folders)}: {mend}");
        string? adapter = null;
        if (card.Adapter is not null)
            adapter = Find(card.Adapter) ?? throw new ModelException(card.Name, $"its adapter {card.Adapter.Name} is not in {string.Join(", ", _folders)}: 'git checkout models' brings it back");
        var style = wanted.PromptStyle is null ? card.Style : ModelManifest.StyleOf(wanted.PromptStyle);
        return new ModelCard(card.Name, path, adapter, style, card.Licence, wanted.ContextTokens ?? card.ContextTokens) { Adapters = Take(wanted.Adapters) };
    }

    /// <summary>A file that is nowhere keeps its name: loading refuses it with the mend.</summary>
    private AdapterCard[] Take(IReadOnlyList<AdapterCard> adapters) =>
        [.. adapters.Select(adapter => adapter with { Path = File.Exists(adapter.Path) ? Path.GetFullPath(adapter.Path) : FindFile(adapter.Path) ?? adapter.Path })];
}

using System.Globalization;
using EdgeMas.Core.Assets;
using EdgeMas.Core.Models;
using EdgeMas.Host.Configuration;

namespace EdgeMas.Host.Shelf;

/// <summary>Reads <c>models/manifest.yaml</c>.</summary>
internal static class ModelManifest
{
    public static readonly string[] StyleNames = ["planner-chatml", "planner-gemma", "chat"];

    /// <returns>The manifest beside the program or in a folder above it; null where the product came without one.</returns>
    public static string? Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (Path.Combine(directory.FullName, "models", "manifest.yaml") is var path && File.Exists(path))
                return path;
        }
        return AssetLocator.FindModel("manifest.yaml");
    }

    /// <exception cref="ConfigurationException">The manifest cannot be used.</exception>
    public static IReadOnlyList<ShelfCard> Read(string path) => YamlFile.Read(path, (root, _) =>
    {
        IReadOnlyList<ShelfCard> cards = [.. root.Children("models").Select(ReadCard)];
        root.Close();
        return cards;
    });

    public static PromptStyle StyleOf(string name) => name switch
    {
        "planner-chatml" => PromptStyle.PlannerChatMl,
        "planner-gemma" => PromptStyle.PlannerGemma,
        _ => PromptStyle.Chat,
    };

    private static ShelfCard ReadCard(Section section)
    {
        ShelfFile[] files = [ReadFile(section), .. section.Children("alternatives").Select(ReadClosedFile)];
        var card = new ShelfCard(
            section.RequiredText("name", "planner"),
            section.Text("description", ""),
            section.Flag("default", false),
            files,
            section.IsMapping("adapter") ? ReadClosedFile(section.Child("adapter")) : null,
            section.OptionalText("url") is { } url ? ReadUrl(section, url) : null,
            StyleOf(section.Choice("prompt_style", "chat", StyleNames)),
            section.Whole("context_tokens", 2048, 256, 1_048_576),
            section.RequiredText("licence", "Apache-2.0"),
            section.OptionalText("terms"));
        _ = section.Has("adapter");
        section.Close();
        return card;
    }

    private static Uri? ReadUrl(Section section, string text)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
            return url;
        section.Refuse("url", "models are fetched over https only, or from this machine: write https://…");
        return null;
    }

    private static ShelfFile ReadClosedFile(Section section)
    {
        var file = ReadFile(section);
        section.Close();
        return file;
    }

    private static ShelfFile ReadFile(Section section)
    {
        long? size = section.OptionalText("size") is { } text && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : null;
        return new ShelfFile(section.RequiredText("file", "model.gguf"), size, section.OptionalText("sha256"));
    }
}

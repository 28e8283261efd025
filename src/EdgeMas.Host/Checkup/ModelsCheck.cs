using EdgeMas.Host.Shelf;

namespace EdgeMas.Host.Checkup;

/// <summary>The files of every model that the manifest names, and of the configured one.</summary>
internal sealed class ModelsCheck : ICheck
{
    public string Name => "models";

    public bool IsNeeded(Patient patient) => true;

    public async Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellationToken)
    {
        var shelf = ModelShelf.Open();
        List<Finding> findings = [];
        foreach (var card in shelf.Cards)
            findings.Add(await LookAsync(shelf, card, patient.Needs(robot => robot.Model.Name == card.Name), cancellationToken));
        if (patient.Configuration is { } configured && shelf.Cards.All(card => card.Name != configured.Model.Name))
            findings.Add(LookAtFile(configured.Model.Name));
        if (shelf.Cards.Count == 0)
            findings.Add(new Finding(Name, Verdict.Warning, "no models/manifest.yaml beside the program or above it", "run edgemas from its checkout, or copy models/ beside it"));
        return findings;
    }

    private static async Task<Finding> LookAsync(ModelShelf shelf, ShelfCard card, bool needed, CancellationToken cancellationToken)
    {
        var name = $"model {card.Name}";
        var file = card.Files.FirstOrDefault(file => shelf.Find(file) is not null);
        if (file is null)
            return Finding.Lacking(name, needed, $"{card.Files[0].Name} is not there", card.Url is null ? "'git checkout models' brings it back" : $"edgemas models pull {card.Name}");
        var told = new List<string>();
        foreach (var part in new[] { file, card.Adapter }.OfType<ShelfFile>())
        {
            var verdict = await ModelCheck.CheckAsync(part, shelf.Find(part), cancellationToken);
            if (verdict.Problem is { } problem)
                return Finding.Lacking(name, needed, $"{part.Name}: {problem}", ModelCheck.Mend);
            told.Add($"{part.Name} {(part.Sha256 is null ? "is there (not pinned)" : "is as pinned")}");
        }
        return Finding.Ok(name, string.Join(", ", told));
    }

    private static Finding LookAtFile(string path) => File.Exists(path)
        ? Finding.Ok("model", $"{path}: {new FileInfo(path).Length / 1e6:N0} MB; no card of the manifest, so there is no sha256 to compare")
        : new Finding("model", Verdict.Failed, $"'{path}' is neither a card of the manifest nor a file", "'edgemas models list' shows the cards");
}

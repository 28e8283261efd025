using System.CommandLine;
using System.Text.Json.Nodes;
using EdgeMas.Host.Shelf;

namespace EdgeMas.Host.CommandLine;

/// <summary><c>edgemas models list|verify|pull|synth</c></summary>
internal static class ModelsVerb
{
    public static Command Create()
    {
        var verb = Verb.Create("models", "Lists, verifies, fetches and makes language models.", "edgemas models list");
        verb.Add(CreateList());
        verb.Add(CreateVerify());
        verb.Add(CreatePull());
        verb.Add(ModelSynthVerb.Create());
        return verb;
    }

    private static Command CreateList()
    {
        var json = Verb.JsonOption();
        var verb = Verb.Create("list", "Shows the models of the manifest and which are there.", "edgemas models list");
        verb.Add(json);
        verb.Do((result, _) =>
        {
            var shelf = ModelShelf.Open();
            foreach (var card in shelf.Cards)
            {
                var path = shelf.Find(card);
                var state = path is null ? "missing" : "there";
                Console.WriteLine(result.GetValue(json)
                    ? new JsonObject { ["name"] = card.Name, ["default"] = card.IsDefault, ["path"] = path, ["licence"] = card.Licence, ["description"] = card.Description }.ToJsonString(JsonText.Options)
                    : $"{card.Name,-16} {state,-8} {card.Licence,-20} {card.Description}{(path is null && card.Url is not null ? $" (edgemas models pull {card.Name})" : "")}");
            }
            return Task.FromResult(ExitCode.Done);
        });
        return verb;
    }

    private static Command CreateVerify()
    {
        var json = Verb.JsonOption();
        var names = new Argument<string[]>("name") { Description = "Cards of the manifest; none for all whose files are there", Arity = ArgumentArity.ZeroOrMore };
        var verb = Verb.Create("verify", "Compares size and sha256 of model files with the manifest.", "edgemas models verify planner");
        verb.Add(names);
        verb.Add(json);
        verb.Do(async (result, cancellationToken) =>
        {
            var shelf = ModelShelf.Open();
            var wanted = result.GetValue(names) is { Length: > 0 } some ? some.Select(name => CardOf(shelf, name)).ToArray() : null;
            var failed = false;
            foreach (var card in wanted ?? shelf.Cards)
            {
                var file = card.Files.FirstOrDefault(file => shelf.Find(file) is not null);
                if (file is null && wanted is null)
                    continue; // not there and not asked for
                foreach (var part in new[] { file ?? card.Files[0], card.Adapter }.OfType<ShelfFile>())
                {
                    var verdict = await ModelCheck.CheckAsync(part, shelf.Find(part), cancellationToken);
                    failed |= verdict.Problem is not null;
                    Print(card, part, verdict, result.GetValue(json));
                }
            }
            return failed ? ExitCode.Failed : ExitCode.Done;
        });
        return verb;
    }

    private static void Print(ShelfCard card, ShelfFile file, ModelCheck.Verdict verdict, bool json)
    {
        var pinned = file.Sha256 is not null;
        if (json)
            Console.WriteLine(new JsonObject { ["name"] = card.Name, ["file"] = file.Name, ["path"] = verdict.Path, ["sha256"] = verdict.Sha256, ["pinned"] = pinned, ["problem"] = verdict.Problem }.ToJsonString(JsonText.Options));
        else if (verdict.Problem is not null)
            Console.Error.WriteLine($"edgemas: {card.Name}: {file.Name}: {verdict.Problem}{(verdict.Path is null ? "" : $"; {ModelCheck.Mend}")}");
        else
            Console.WriteLine($"{card.Name}: {file.Name} {(pinned ? "is as pinned" : $"is not pinned; its sha256 is {verdict.Sha256}")}");
    }

    private static Command CreatePull()
    {
        var name = new Argument<string>("name") { Description = "A card of the manifest" };
        var json = Verb.JsonOption();
        var verb = Verb.Create("pull", "Fetches a model over HTTPS and verifies it.", "edgemas models pull gemma-3-270m");
        verb.Add(name);
        verb.Add(json);
        verb.Do(async (result, cancellationToken) =>
        {
            using var signals = new StopSignals(cancellationToken); // Ctrl-C leaves no half of a file
            var shelf = ModelShelf.Open();
            var card = CardOf(shelf, result.GetRequiredValue(name));
            var path = await IsThereAsync(shelf, card, signals.Token);
            var fetched = path is null;
            if (path is null)
            {
                if (card.Terms is { } terms)
                    await Console.Error.WriteLineAsync($"{card.Name} is under the {card.Licence}; by fetching it you accept them: {shelf.FindFile(terms) ?? terms}");
                using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(1) }; // until the first byte
                path = await ModelDownload.FetchAsync(http, card, shelf.PullFolder, new ByteProgress().Show, signals.Token);
            }
            Console.WriteLine(result.GetValue(json)
                ? new JsonObject { ["name"] = card.Name, ["path"] = path, ["fetched"] = fetched }.ToJsonString(JsonText.Options)
                : $"{card.Name}{(fetched ? "" : " is already there")}: {path}");
            return ExitCode.Done;
        });
        return verb;
    }

    /// <returns>The model's file, when it is there and as pinned.</returns>
    private static async Task<string?> IsThereAsync(ModelShelf shelf, ShelfCard card, CancellationToken cancellationToken)
    {
        foreach (var file in card.Files.Where(file => shelf.Find(file) is not null))
        {
            var verdict = await ModelCheck.CheckAsync(file, shelf.Find(file), cancellationToken);
            if (verdict.Problem is null)
                return verdict.Path;
            await Console.Error.WriteLineAsync($"edgemas: {verdict.Path}: {verdict.Problem}; it is fetched anew");
        }
        return null;
    }

    private static ShelfCard CardOf(ModelShelf shelf, string name) =>
        shelf.Cards.FirstOrDefault(card => card.Name == name)
        ?? throw new UsageException($"edgemas: no model '{name}' in the manifest; there are {string.Join(", ", shelf.Cards.Select(card => card.Name))}{Configuration.Section.DidYouMean(name, shelf.Cards.Select(card => card.Name))}");
}

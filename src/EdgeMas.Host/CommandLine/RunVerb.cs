using System.CommandLine;
using EdgeMas.Host.Session;

namespace EdgeMas.Host.CommandLine;

/// <summary><c>edgemas run CONFIG</c></summary>
internal static class RunVerb
{
    public static Command Create()
    {
        var configuration = new Argument<string>("configuration") { Description = "The robot's YAML file" };
        var orders = new Option<string[]>("--order") { Description = "An order in words; may be given several times", Arity = ArgumentArity.OneOrMore };
        var calls = new Option<string[]>("--call") { Description = "A skill to call by name after the orders, past the planner: \"fly_to x_m=6 y_m=8 z_m=2\"; may be given several times", Arity = ArgumentArity.OneOrMore };
        var wav = new Option<string[]>("--say-wav") { Description = "A WAV file to hear before the orders", Arity = ArgumentArity.OneOrMore };
        var raw = new Option<string[]>("--raw") { Description = "A raw file to hear before the orders: 16 kHz, mono, 16 bits", Arity = ArgumentArity.OneOrMore };
        var microphone = new Option<string?>("--mic") { Description = "Listen to an ALSA device; without a name, the configured one", Arity = ArgumentArity.ZeroOrOne };
        var headless = new Option<bool>("--headless") { Description = "No live view; ends when the orders are done" };
        var json = Verb.JsonOption();
        var model = new Option<string?>("--model") { Description = "A card of models/manifest.yaml, or a GGUF file" };
        var style = new Option<string?>("--prompt-style") { Description = "planner-chatml, planner-gemma or chat" };
        style.AcceptOnlyFromAmong(Shelf.ModelManifest.StyleNames);
        var broker = new Option<string?>("--broker") { Description = "embedded, mosquitto, or mqtt(s)://host:port" };
        var speed = new Option<string?>("--speed") { Description = "realtime, fast, or a factor such as 4x" };
        var seed = new Option<int?>("--seed") { Description = "Seed of the world's noise" };
        var data = new Option<string?>("--data") { Description = "Data folder" };
        var exit = new Option<bool>("--exit-after-orders") { Description = "End when the sounds and orders are done" };
        var verb = Verb.Create("run", "Starts a robot and takes orders: given here, typed, spoken, or over the broker.", "edgemas run configs/rover-sim.yaml --order \"turn left\" --headless --json");
        verb.Add(configuration);
        foreach (var option in new Option[] { orders, calls, wav, raw, microphone, headless, json, model, style, broker, speed, seed, data, exit })
            verb.Add(option);
        verb.Do(async (result, cancellationToken) =>
        {
            using var signals = new StopSignals(cancellationToken);
            return await new RunSession(new RunSettings
            {
                ConfigurationFile = result.GetRequiredValue(configuration),
                Orders = result.GetValue(orders) ?? [],
                Calls = [.. (result.GetValue(calls) ?? []).Select(DirectCall.Parse)],
                Sounds = [.. result.GetValue(wav) ?? [], .. result.GetValue(raw) ?? []],
                Microphone = result.GetResult(microphone) is null ? null : result.GetValue(microphone) ?? "",
                Headless = result.GetValue(headless) || (result.GetValue(json) && (result.GetValue(orders) is { Length: > 0 } || result.GetValue(calls) is { Length: > 0 })),
                Json = result.GetValue(json),
                Model = result.GetValue(model),
                PromptStyle = result.GetValue(style),
                Broker = result.GetValue(broker),
                Speed = result.GetValue(speed),
                Seed = result.GetValue(seed),
                DataDirectory = result.GetValue(data),
                ExitAfterOrders = result.GetValue(exit),
            }).RunAsync(signals.Token);
        });
        return verb;
    }
}

using EdgeMas.Core.Assets;
using EdgeMas.Core.Models;
using EdgeMas.Inference.Native;
using EdgeMas.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeMas.Inference.Tests;

/// <summary>The models that tests run with.</summary>
internal static class Models
{
    internal const string PlannerPrompt =
        "<|im_start|>system\nTools:\ndrive(distance_m)\nturn(angle_deg)\ngoto(place)\nlook_for(object)\ntake_photo()\nPlaces: dock, gate, kitchen<|im_end|>\n"
        + "<|im_start|>user\nturn left, then look for the red ball and take a picture of it<|im_end|>\n<|im_start|>assistant\n";

    internal const string PlannerAnswer =
        """[{"name":"turn","arguments":{"angle_deg":90}},{"name":"look_for","arguments":{"object":"red ball"}},{"name":"take_photo","arguments":{}}]""";

    internal const string GemmaPrompt =
        "<bos><start_of_turn>system\nTools:\ndrive(distance_m): Drive straight ahead by this many metres; negative drives backwards.\n"
        + "turn(angle_deg): Turn on the spot by this many degrees; positive is left.\nset_light(state: on|off): Switch the headlights.\nlook_for(object)\ntake_photo()\n"
        + "Places: dock, gate, kitchen<end_of_turn>\n<start_of_turn>user\nturn left, then look for the red ball and take a picture of it<end_of_turn>\n<start_of_turn>model\n";

    internal static ModelCard Planner(int contextTokens = 1024) =>
        new("planner", PlannerFile, AdapterPath: null, PromptStyle.PlannerChatMl, "Apache-2.0", contextTokens);

    internal static string PlannerFile => AssetLocator.FindModel("planner.gguf") ?? throw new FileNotFoundException("models/planner.gguf belongs to the repository");

    internal static ModelCard Gemma(int contextTokens = 2048) => new(
        "gemma-3-270m", SharedFiles.Require("models/gemma-3-270m-en64k.gguf"), AssetLocator.FindModel("planner-gemma3-270m-lora.gguf"), PromptStyle.PlannerGemma, "Gemma", contextTokens);

    internal static Task<LlamaModel> LoadAsync(ModelCard card, LlamaOptions? options = null, ILogger? logger = null)
    {
        RequireLibraries();
        return LlamaModel.LoadAsync(card, options ?? new LlamaOptions(), logger ?? NullLogger.Instance, progress: null, TestContext.Current.CancellationToken);
    }

    /// <summary>Loads llama.cpp for tests of bindings alone.</summary>
    internal static void LoadLibraries()
    {
        RequireLibraries();
        NativeLoader.Load(directory: null, "test");
    }

    private static void RequireLibraries() => SharedFiles.RequireNative(NativeLoader.PackageFolder);
}

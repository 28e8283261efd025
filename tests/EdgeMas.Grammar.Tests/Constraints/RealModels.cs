using EdgeMas.Core.Assets;
using EdgeMas.Core.Models;
using EdgeMas.Inference;
using EdgeMas.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeMas.Grammar.Tests.Constraints;

/// <summary>Real GGUF models.</summary>
internal static class RealModels
{
    internal static Task<LlamaModel> LoadPlannerAsync() => LoadAsync(new ModelCard(
        "planner", AssetLocator.FindModel("planner.gguf") ?? throw new FileNotFoundException("models/planner.gguf belongs to the repository"), null, PromptStyle.PlannerChatMl, "Apache-2.0", 1024));

    internal static Task<LlamaModel> LoadGemmaAsync() => LoadAsync(new ModelCard(
        "gemma", SharedFiles.Require("models/gemma-3-270m-en64k.gguf"), AssetLocator.FindModel("planner-gemma3-270m-lora.gguf"), PromptStyle.PlannerGemma, "Gemma", 1024));

    private static Task<LlamaModel> LoadAsync(ModelCard card)
    {
        SharedFiles.RequireNative("node_modules/@node-llama-cpp");
        return LlamaModel.LoadAsync(card, new LlamaOptions(), NullLogger.Instance, progress: null, TestContext.Current.CancellationToken);
    }
}

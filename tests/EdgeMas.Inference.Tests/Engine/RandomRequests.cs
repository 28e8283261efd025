using CsCheck;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Models;

namespace EdgeMas.Inference.Tests.Engine;

/// <summary>Requests of many agents: of all lengths, many with a common beginning, some cancelled, some bound to a grammar or constraint.</summary>
internal static class RandomRequests
{
    private const string Digits = "root ::= \"[\" [0-9]{1,6} (\",\" [0-9]{1,3})* \"]\"";

    private static readonly string[] Beginnings =
    [
        "",
        "<|im_start|>system\nTools:\ndrive(distance_m)\nturn(angle_deg)\ngoto(place)\nlook_for(object)\ntake_photo()\nPlaces: dock, gate, kitchen<|im_end|>\n",
        "<|im_start|>system\nTools:\ndrive(distance_m)\nturn(angle_deg)\nopen_gripper()\nclose_gripper()\nPlaces: shelf, door<|im_end|>\n",
        "<|im_start|>system\nTools:\n" + string.Concat(Enumerable.Range(0, 24).Select(i => $"set_valve_{i}(position)\n")) + "Places: tank, pump<|im_end|>\n",
    ];

    private static readonly string[] Orders = ["turn left", " then drive two meters", " and look for the red ball", " go to the gate", " take a picture of it", " slowly", " open the gripper"];

    private static readonly Gen<string> Prompt = Gen.Select(Gen.Int[0, Beginnings.Length - 1], Gen.Int[0, Orders.Length - 1].Array[1, 24])
        .Select(parts => Beginnings[parts.Item1] + "<|im_start|>user\n" + string.Concat(parts.Item2.Select(order => Orders[order])) + "<|im_end|>\n<|im_start|>assistant\n");

    private static readonly Gen<EdgeMas.Core.Models.Sampling> Sampling = Gen.Select(Gen.Int[0, 3], Gen.UInt[1, 50])
        .Select(parts => parts.Item1 == 0 ? new EdgeMas.Core.Models.Sampling(Temperature: 1, TopK: 0, TopP: 1, Seed: parts.Item2) : EdgeMas.Core.Models.Sampling.Greedy);

    /// <summary>Adapters of the model that the requests are for; most requests ask for none.</summary>
    internal static readonly string?[] Adapters = [null, null, "first", "second"];

    /// <param name="CancelAfter">Pieces of text after which its agent loses interest; −1 for never, 0 for right after asking.</param>
    /// <param name="Bound">0 free, 1 by a grammar, 2 by a constraint that forces a part of the text.</param>
    internal readonly record struct Random(GenerationRequest Request, int CancelAfter, int Bound)
    {
        /// <summary>The request, with a constraint of its own each time: a constraint belongs to one sequence.</summary>
        internal GenerationRequest For(LlamaModel model) => Bound switch
        {
            1 => Request with { Gbnf = Digits },
            2 => Request with { Constraint = new TextConstraint(model, Models.PlannerAnswer, forced: 1 + (Request.MaxTokens % 12)) },
            _ => Request,
        };
    }

    internal static Gen<Random> One { get; } = Gen.Select(
        Prompt, Sampling, Gen.Int[1, 40], Gen.Int[0, 11], Gen.Int[0, 2], Gen.Int[-12, 4], Gen.Int[0, 9], Gen.Int[0, 3],
        (prompt, sampling, most, agent, priority, cancelAfter, bound, adapter) => new Random(
            new GenerationRequest
            {
                Agent = $"agent {agent}", Prompt = prompt, Adapter = Adapters[adapter], Sampling = sampling, MaxTokens = most, Priority = (MessagePriority)priority,
                Within = agent % 3 == 0 ? TimeSpan.FromSeconds(agent) : null, ReturnsAfter = agent % 4 == 1 ? TimeSpan.FromSeconds(agent) : null,
                Stop = most % 5 == 0 ? ["\"look"] : [],
            },
            Math.Max(-1, cancelAfter),
            bound < 8 ? 0 : bound - 7));
}

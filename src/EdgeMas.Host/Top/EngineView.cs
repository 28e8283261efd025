using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeMas.Core;
using EdgeMas.Core.Events;
using EdgeMas.Host.Story;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EdgeMas.Host.Top;

/// <summary>An engine and its agents at one moment, with the speed since an earlier one.</summary>
/// <param name="before">Null for the first look: speeds are 0 then.</param>
/// <param name="seconds">Since then.</param>
/// <param name="gnss">Where satellites find the robot; null for a server, and a robot that does not tell.</param>
internal sealed class EngineView(MetricsText now, MetricsText? before, double seconds, GnssReport? gnss = null)
{
    private const string Agent = "agent";

    public JsonObject ToJson()
    {
        var json = Engine();
        if (gnss is not null)
            json["gnss"] = JsonSerializer.SerializeToNode(gnss, EdgeMasJson.Default.GnssReport);
        return json;
    }

    private JsonObject Engine() => new()
    {
        ["model"] = now.Information("edgemas_model_info", "name"),
        ["running"] = now["edgemas_engine_running"],
        ["waiting"] = now["edgemas_engine_waiting"],
        ["cells"] = now["edgemas_engine_cells"],
        ["cell_capacity"] = now["edgemas_engine_cell_capacity"],
        ["memory_bytes"] = now["edgemas_engine_memory_bytes"],
        ["prompt_tokens"] = now["edgemas_prompt_tokens_total"],
        ["reused_tokens"] = now["edgemas_prompt_tokens_reused_total"],
        ["generated_tokens"] = now["edgemas_generated_tokens_total"],
        ["computed_tokens_per_second"] = Speed("edgemas_engine_computed_tokens_total"),
        ["generated_tokens_per_second"] = Speed("edgemas_generated_tokens_total"),
        ["batches"] = now["edgemas_engine_batches_total"],
        ["shared_batches"] = now["edgemas_engine_shared_batches_total"],
        ["aborted_batches"] = now["edgemas_engine_aborted_batches_total"],
        ["preemptions"] = now["edgemas_engine_preemptions_total"],
        ["evicted_tokens"] = now["edgemas_engine_evicted_tokens_total"],
        ["guessed_tokens"] = now["edgemas_engine_guessed_tokens_total"],
        ["right_guesses"] = now["edgemas_engine_right_guesses_total"],
        ["refused"] = now["edgemas_engine_refused_total"],
        ["agents"] = new JsonArray([.. Agents.Select(agent => new JsonObject
        {
            ["agent"] = agent,
            ["running"] = Of("edgemas_agent_running", agent),
            ["waiting"] = Of("edgemas_agent_waiting", agent),
            ["requests"] = Of("edgemas_agent_generations_total", agent),
            ["prompt_tokens"] = Of("edgemas_agent_prompt_tokens_total", agent),
            ["reused_tokens"] = Of("edgemas_agent_prompt_tokens_reused_total", agent),
            ["generated_tokens"] = Of("edgemas_agent_generated_tokens_total", agent),
            ["generated_tokens_per_second"] = Speed("edgemas_agent_generated_tokens_total", agent),
        })]),
    };

    /// <param name="source">Where the figures come from.</param>
    public IRenderable ToTable(string source)
    {
        var model = now.Information("edgemas_model_info", "name");
        var head = new Grid().AddColumn().AddColumn().AddColumn().AddColumn();
        head.AddRow(
            Cell($"[b]{Words(model ?? "engine")}[/] at {Words(source)}"),
            Cell($"running [b]{now["edgemas_engine_running"]:0}[/], waiting [b]{now["edgemas_engine_waiting"]:0}[/]"),
            Cell($"memory {now["edgemas_engine_cells"]:0} of {now["edgemas_engine_cell_capacity"]:0} tokens"),
            Cell($"refused {now["edgemas_engine_refused_total"]:0}"));
        head.AddRow(
            Cell($"{Speed("edgemas_engine_computed_tokens_total"):0} tokens/s computed, {Speed("edgemas_generated_tokens_total"):0.0} written"),
            Cell($"batches {now["edgemas_engine_batches_total"]:0}, {Share("edgemas_engine_shared_batches_total", "edgemas_engine_batches_total")} of several agents, {now["edgemas_engine_aborted_batches_total"]:0} given up"),
            Cell($"prompts {Share("edgemas_prompt_tokens_reused_total", "edgemas_prompt_tokens_total")} reused"),
            Cell($"guesses {Share("edgemas_engine_right_guesses_total", "edgemas_engine_guessed_tokens_total")} right of {now["edgemas_engine_guessed_tokens_total"]:0}"));
        var table = new Table().Expand().Border(TableBorder.Rounded).AddColumn("agent");
        foreach (var column in new[] { "running", "waiting", "requests", "prompt", "reused", "output", "tokens/s" })
            table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var agent in Agents)
        {
            var prompt = Of("edgemas_agent_prompt_tokens_total", agent);
            var reused = Of("edgemas_agent_prompt_tokens_reused_total", agent);
            table.AddRow(
                Words(agent), $"{Of("edgemas_agent_running", agent):0}", $"{Of("edgemas_agent_waiting", agent):0}", $"{Of("edgemas_agent_generations_total", agent):0}", $"{prompt:0}",
                prompt == 0 ? "–" : $"{reused:0} ({reused / prompt:P0})", $"{Of("edgemas_agent_generated_tokens_total", agent):0}", $"{Speed("edgemas_agent_generated_tokens_total", agent):0.0}");
        }
        return gnss is null ? new Rows(head, table) : new Rows(head, table, new Markup($"GNSS {Words(GnssText.Of(gnss))}"));
    }

    private IEnumerable<string> Agents => now.By("edgemas_agent_running", Agent).Keys;

    private double Of(string name, string agent) => now.By(name, Agent).GetValueOrDefault(agent);

    private double Speed(string name) => before is null || seconds <= 0 ? 0 : (now[name] - before[name]) / seconds;

    private double Speed(string name, string agent) => before is null || seconds <= 0 ? 0 : (Of(name, agent) - before.By(name, Agent).GetValueOrDefault(agent)) / seconds;

    private string Share(string part, string whole) => now[whole] == 0 ? "–" : (now[part] / now[whole]).ToString("P0", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Names came from somewhere else: for a terminal they are text and no more.</summary>
    private static string Words(string text) => Markup.Escape(StoryTeller.OneLine(text));

    private static Markup Cell(FormattableString text) => new(text.ToString(System.Globalization.CultureInfo.InvariantCulture));
}

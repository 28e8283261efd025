using EdgeMas.Core.Models;
using Prometheus;

namespace EdgeMas.Host.Serving;

/// <summary>What <c>/metrics</c> tells, in Prometheus' text format. Any thread.</summary>
internal sealed class ServingMetrics
{
    private readonly CollectorRegistry _registry = Metrics.NewCustomRegistry();
    private readonly Counter _requests;
    private readonly Histogram _seconds;
    private readonly Histogram _firstToken;

    public ServingMetrics(Admission admission)
    {
        var factory = Metrics.WithCustomRegistry(_registry);
        _requests = factory.CreateCounter("edgemas_http_requests_total", "Requests answered; status 499: the client left.", "path", "status");
        _seconds = factory.CreateHistogram("edgemas_http_request_seconds", "From a request's head to the end of its answer.", ["path"], new HistogramConfiguration { Buckets = Histogram.ExponentialBuckets(0.005, 2, 16) });
        _firstToken = factory.CreateHistogram("edgemas_first_token_seconds", "From the request to the first piece of a streamed answer.", ["priority"], new HistogramConfiguration { Buckets = Histogram.ExponentialBuckets(0.005, 2, 16) });
        var inside = factory.CreateGauge("edgemas_requests_in_flight", "Requests that the engine computes or that wait for it.");
        _registry.AddBeforeCollectCallback(() => inside.Set(admission.Inside));
    }

    /// <summary>From now on the model's own figures, too. Once.</summary>
    public void Tell(ILanguageModel model)
    {
        var factory = Metrics.WithCustomRegistry(_registry);
        var finished = factory.CreateCounter("edgemas_generations_total", "Generations that ended.");
        var prompt = factory.CreateCounter("edgemas_prompt_tokens_total", "Prompt tokens, computed or reused.");
        var reused = factory.CreateCounter("edgemas_prompt_tokens_reused_total", "Prompt tokens that were in the memory already.");
        var generated = factory.CreateCounter("edgemas_generated_tokens_total", "Output tokens.");
        var busy = factory.CreateCounter("edgemas_engine_busy_seconds_total", "Time spent computing.");
        var batches = factory.CreateCounter("edgemas_engine_batches_total", "Batches computed.");
        var computed = factory.CreateCounter("edgemas_engine_computed_tokens_total", "Tokens in them: of prompts and of outputs.");
        var shared = factory.CreateCounter("edgemas_engine_shared_batches_total", "Batches in which several agents' tokens were computed together.");
        var aborted = factory.CreateCounter("edgemas_engine_aborted_batches_total", "Batches given up under way, for an urgent request or one that was cancelled.");
        var preemptions = factory.CreateCounter("edgemas_engine_preemptions_total", "Times that a running request had to give up its memory to a more urgent one.");
        var evicted = factory.CreateCounter("edgemas_engine_evicted_tokens_total", "Tokens whose memory was given to others.");
        var guessed = factory.CreateCounter("edgemas_engine_guessed_tokens_total", "Output tokens guessed from earlier text and computed beside the chosen ones.");
        var right = factory.CreateCounter("edgemas_engine_right_guesses_total", "Guessed tokens that were then chosen.");
        var refused = factory.CreateCounter("edgemas_engine_refused_total", "Requests refused because too many waited.");
        var cells = factory.CreateGauge("edgemas_engine_cells", "Tokens that the memory holds; a beginning that several agents share counts once.");
        factory.CreateGauge("edgemas_engine_cell_capacity", "Tokens that the memory can hold.").Set(model.Info.MemoryCells);
        factory.CreateGauge("edgemas_engine_memory_bytes", "Bytes of the memory's keys and values, in use or not.").Set(model.Info.MemoryBytes);
        var running = factory.CreateGauge("edgemas_engine_running", "Requests that are being computed.");
        var waiting = factory.CreateGauge("edgemas_engine_waiting", "Requests that wait for the engine.");
        var agentRunning = factory.CreateGauge("edgemas_agent_running", "Requests of an agent that are being computed.", "agent");
        var agentWaiting = factory.CreateGauge("edgemas_agent_waiting", "Requests of an agent that wait for the engine.", "agent");
        var agentFinished = factory.CreateCounter("edgemas_agent_generations_total", "Generations of an agent that ended.", "agent");
        var agentPrompt = factory.CreateCounter("edgemas_agent_prompt_tokens_total", "Prompt tokens of an agent, computed or reused.", "agent");
        var agentReused = factory.CreateCounter("edgemas_agent_prompt_tokens_reused_total", "Prompt tokens of an agent that were in the memory already.", "agent");
        var agentGenerated = factory.CreateCounter("edgemas_agent_generated_tokens_total", "Output tokens of an agent.", "agent");
        var information = factory.CreateGauge("edgemas_model_info", "1 for the model served.", "name", "description");
        information.WithLabels(model.Info.Name, model.Info.Description).Set(1);
        _registry.AddBeforeCollectCallback(() =>
        {
            var counters = model.Counters;
            finished.IncTo(counters.Requests);
            prompt.IncTo(counters.PromptTokens);
            reused.IncTo(counters.ReusedTokens);
            generated.IncTo(counters.GeneratedTokens);
            busy.IncTo(counters.BusySeconds);
            batches.IncTo(counters.Batches);
            computed.IncTo(counters.ComputedTokens);
            shared.IncTo(counters.SharedBatches);
            aborted.IncTo(counters.AbortedBatches);
            preemptions.IncTo(counters.Preemptions);
            evicted.IncTo(counters.EvictedTokens);
            guessed.IncTo(counters.GuessedTokens);
            right.IncTo(counters.RightGuesses);
            refused.IncTo(counters.Refused);
            cells.Set(counters.Cells);
            running.Set(counters.Running);
            waiting.Set(counters.Waiting);
            foreach (var agent in model.Agents)
            {
                agentRunning.WithLabels(agent.Agent).Set(agent.Running);
                agentWaiting.WithLabels(agent.Agent).Set(agent.Waiting);
                agentFinished.WithLabels(agent.Agent).IncTo(agent.Requests);
                agentPrompt.WithLabels(agent.Agent).IncTo(agent.PromptTokens);
                agentReused.WithLabels(agent.Agent).IncTo(agent.ReusedTokens);
                agentGenerated.WithLabels(agent.Agent).IncTo(agent.GeneratedTokens);
            }
        });
    }

    /// <param name="path">That of an endpoint: few, so that strangers cannot make more.</param>
    public void Answered(string path, int status, TimeSpan duration)
    {
        _requests.WithLabels(path, status.ToString(System.Globalization.CultureInfo.InvariantCulture)).Inc();
        _seconds.WithLabels(path).Observe(duration.TotalSeconds);
    }

    public void FirstToken(Caller caller, TimeSpan wait) => _firstToken.WithLabels(caller.Priority.ToString().ToLowerInvariant()).Observe(wait.TotalSeconds);

    public Task WriteAsync(HttpContext context)
    {
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        return _registry.CollectAndExportAsTextAsync(context.Response.Body, context.RequestAborted);
    }
}

using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeMas.Core;
using EdgeMas.Core.Events;
using EdgeMas.Host.Remote;
using EdgeMas.Host.Robot;

namespace EdgeMas.Host.CommandLine;

/// <summary><c>edgemas agent list|kill</c></summary>
internal static class AgentVerb
{
    private static readonly TimeSpan ListenTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan KillTime = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var verb = Verb.Create("agent", "Looks at the agents of a running robot.", "edgemas agent list");
        verb.Add(CreateList());
        verb.Add(CreateKill());
        return verb;
    }

    private static Command CreateList()
    {
        var options = new BrokerOptions();
        var verb = Verb.Create("list", "Lists the agents with state, restarts and skills.", "edgemas agent list --json");
        options.AddTo(verb);
        verb.Do(async (result, cancellationToken) =>
        {
            await using var client = await options.ConnectAsync(result, cancellationToken);
            var agents = new SortedDictionary<string, AgentReport>(StringComparer.Ordinal);
            await client.SubscribeAsync(client.Absolute("agents/+/state"), cancellationToken);
            await TopicVerb.ListenAsync(client, ListenTime, message =>
            {
                if (Read(message) is { } report)
                    agents[report.Agent] = report;
            }, cancellationToken);
            foreach (var agent in agents.Values)
            {
                Console.WriteLine(result.GetValue(options.Json)
                    ? JsonSerializer.Serialize(agent, EdgeMasJson.Default.AgentReport)
                    : $"{agent.Agent,-14} {agent.State,-11} {agent.Restarts,3} restarts  {string.Join(", ", agent.Skills)}{(agent.Reason is { } reason ? $"  ({reason})" : "")}");
            }
            if (agents.Count == 0)
                throw new FailureException("no agent tells its state: does the robot export agents/#?");
            return ExitCode.Done;
        });
        return verb;
    }

    private static Command CreateKill()
    {
        var options = new BrokerOptions();
        var name = new Argument<string>("name") { Description = "The agent" };
        var verb = Verb.Create("kill", "Makes an agent fail, to see what its supervisor does.", "edgemas agent kill planner");
        verb.Add(name);
        options.AddTo(verb);
        verb.Do(async (result, cancellationToken) =>
        {
            await using var client = await options.ConnectAsync(result, cancellationToken);
            var agent = result.GetRequiredValue(name);
            await client.SubscribeAsync(client.Absolute($"agents/{agent}/state"), cancellationToken);
            await client.PublishAsync(client.Absolute($"agents/{HostDesk.Name}/inbox"), $"kill {agent}", retain: false, cancellationToken);
            using var limit = new CancellationTokenSource(KillTime, TimeProvider.System);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            try
            {
                await foreach (var message in client.ReadAllAsync(either.Token))
                {
                    if (!message.Retained && Read(message) is { } report)
                    {
                        Console.WriteLine(result.GetValue(options.Json)
                            ? new JsonObject { ["agent"] = agent, ["state"] = report.State, ["restarts"] = report.Restarts }.ToJsonString(JsonText.Options)
                            : $"{agent} is {report.State}: {report.Reason}");
                        return ExitCode.Done;
                    }
                }
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // nothing came in time
            }
            throw new FailureException($"agent '{agent}' did not change its state within {KillTime.TotalSeconds:0} s: 'edgemas agent list' shows which there are");
        });
        return verb;
    }

    private static AgentReport? Read(RemoteMessage message)
    {
        try
        {
            return message.Body.Length == 0 ? null : (AgentReport?)JsonSerializer.Deserialize(message.Body, EdgeMasJson.Strict.GetTypeInfo(typeof(AgentReport)));
        }
        catch (JsonException)
        {
            return null; // something else on that topic
        }
    }
}

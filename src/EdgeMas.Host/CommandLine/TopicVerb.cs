using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeMas.Core;
using EdgeMas.Core.Topics;
using EdgeMas.Host.Remote;
using EdgeMas.Host.Story;

namespace EdgeMas.Host.CommandLine;

/// <summary><c>edgemas topic list|echo|hz|pub</c></summary>
internal static class TopicVerb
{
    public static Command Create()
    {
        var verb = Verb.Create("topic", "Looks at and publishes messages of a running robot, through its broker.", "edgemas topic echo missions/#");
        verb.Add(CreateList());
        verb.Add(CreateEcho());
        verb.Add(CreateRate());
        verb.Add(CreatePublish());
        return verb;
    }

    private static Command CreateList()
    {
        var options = new BrokerOptions();
        var seconds = new Option<double>("--seconds") { Description = "How long to listen", DefaultValueFactory = _ => 2 };
        var verb = Verb.Create("list", "Lists the topics that carry or keep messages.", "edgemas topic list");
        options.AddTo(verb);
        verb.Add(seconds);
        verb.Do(async (result, cancellationToken) =>
        {
            var seen = new SortedDictionary<string, (int Count, bool Retained)>(StringComparer.Ordinal);
            await using var client = await options.ConnectAsync(result, cancellationToken);
            await client.SubscribeAsync(client.Absolute("#"), cancellationToken);
            await ListenAsync(client, TimeSpan.FromSeconds(result.GetValue(seconds)), message =>
            {
                var (count, retained) = seen.GetValueOrDefault(message.Topic);
                seen[message.Topic] = (count + 1, retained || message.Retained);
            }, cancellationToken);
            foreach (var (topic, (count, retained)) in seen)
            {
                Console.WriteLine(result.GetValue(options.Json)
                    ? new JsonObject { ["topic"] = topic, ["messages"] = count, ["retained"] = retained }.ToJsonString(JsonText.Options)
                    : $"{topic}  {count}{(retained ? " (retained)" : "")}");
            }
            return ExitCode.Done;
        });
        return verb;
    }

    private static Command CreateEcho()
    {
        var options = new BrokerOptions();
        var filter = new Argument<string>("filter") { Description = "Topic filter, below the robot's root", DefaultValueFactory = _ => "#" };
        var count = new Option<int>("--count") { Description = "End after so many messages; 0 for never" };
        var verb = Verb.Create("echo", "Prints messages as they pass.", "edgemas topic echo motion/base/state --count 1 --json");
        verb.Add(filter);
        verb.Add(count);
        options.AddTo(verb);
        verb.Do(async (result, cancellationToken) =>
        {
            await using var client = await options.ConnectAsync(result, cancellationToken);
            await client.SubscribeAsync(Filter(client, result.GetRequiredValue(filter)), cancellationToken);
            var left = result.GetValue(count);
            await foreach (var message in client.ReadAllAsync(cancellationToken))
            {
                Console.WriteLine(result.GetValue(options.Json) ? ToJson(message) : ToLine(message));
                if (--left == 0)
                    return ExitCode.Done;
            }
            throw new FailureException("the broker has closed the connection");
        });
        return verb;
    }

    private static Command CreateRate()
    {
        var options = new BrokerOptions();
        var filter = new Argument<string>("filter") { Description = "Topic filter, below the robot's root" };
        var seconds = new Option<double>("--seconds") { Description = "How long to count", DefaultValueFactory = _ => 5 };
        var verb = Verb.Create("hz", "Counts messages a second.", "edgemas topic hz motion/base/state");
        verb.Add(filter);
        verb.Add(seconds);
        options.AddTo(verb);
        verb.Do(async (result, cancellationToken) =>
        {
            await using var client = await options.ConnectAsync(result, cancellationToken);
            await client.SubscribeAsync(Filter(client, result.GetRequiredValue(filter)), cancellationToken);
            var (count, bytes, time) = (0, 0L, TimeSpan.FromSeconds(result.GetValue(seconds)));
            await ListenAsync(client, time, message => (count, bytes) = message.Retained ? (count, bytes) : (count + 1, bytes + message.Body.Length), cancellationToken);
            var rate = count / time.TotalSeconds;
            Console.WriteLine(result.GetValue(options.Json)
                ? new JsonObject { ["messages"] = count, ["seconds"] = time.TotalSeconds, ["hz"] = Math.Round(rate, 3), ["characters_per_s"] = Math.Round(bytes / time.TotalSeconds) }.ToJsonString(JsonText.Options)
                : FormattableString.Invariant($"{rate:0.00} messages/s, {bytes / time.TotalSeconds:0} characters/s ({count} in {time.TotalSeconds:0.#} s)"));
            return ExitCode.Done;
        });
        return verb;
    }

    private static Command CreatePublish()
    {
        var options = new BrokerOptions();
        var topic = new Argument<string>("topic") { Description = "Topic, below the robot's root" };
        var text = new Argument<string>("text") { Description = "The message" };
        var retain = new Option<bool>("--retain") { Description = "The broker keeps it" };
        var verb = Verb.Create("pub", "Publishes a message; an order goes to agents/coordinator/inbox.", "edgemas topic pub agents/coordinator/inbox \"turn left\"");
        verb.Add(topic);
        verb.Add(text);
        verb.Add(retain);
        options.AddTo(verb);
        verb.Do(async (result, cancellationToken) =>
        {
            await using var client = await options.ConnectAsync(result, cancellationToken);
            var name = client.Absolute(result.GetRequiredValue(topic));
            try
            {
                TopicFilter.CheckName(name);
            }
            catch (FormatException error)
            {
                throw new UsageException($"edgemas: {error.Message}");
            }
            await client.PublishAsync(name, result.GetRequiredValue(text), result.GetValue(retain), cancellationToken);
            if (result.GetValue(options.Json))
                Console.WriteLine(new JsonObject { ["published"] = name }.ToJsonString(JsonText.Options));
            return ExitCode.Done;
        });
        return verb;
    }

    internal static async Task ListenAsync(BrokerClient client, TimeSpan time, Action<RemoteMessage> take, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(time, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await foreach (var message in client.ReadAllAsync(either.Token))
                take(message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // listened long enough
        }
    }

    private static string Filter(BrokerClient client, string written)
    {
        try
        {
            return TopicFilter.Parse(client.Absolute(written)).ToString();
        }
        catch (FormatException error)
        {
            throw new UsageException($"edgemas: {error.Message}");
        }
    }

    internal static string ToJson(RemoteMessage message)
    {
        var json = new JsonObject { ["topic"] = message.Topic };
        foreach (var (name, value) in message.Attributes)
            json[name] = value;
        json["data"] = Body(message.Body);
        return json.ToJsonString(JsonText.Options);
    }

    private static JsonNode? Body(string body)
    {
        try
        {
            return JsonSerializer.SerializeToNode(UntrustedJson.Parse(body, "body"), EdgeMasJson.Default.JsonElement);
        }
        catch (FormatException)
        {
            return JsonValue.Create(body);
        }
    }

    internal static string ToLine(RemoteMessage message)
    {
        var kind = new[] { "type", "performative" }.Select(message.Attributes.GetValueOrDefault).Where(value => value is not null);
        return string.Join("  ", new[] { message.Topic, string.Join(' ', kind), message.Body }.Select(StoryTeller.OneLine));
    }
}

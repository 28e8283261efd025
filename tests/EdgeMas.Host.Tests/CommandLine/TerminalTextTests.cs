using System.Text.Json;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Missions;
using EdgeMas.Host.CommandLine;
using EdgeMas.Host.Remote;
using EdgeMas.Host.Story;

namespace EdgeMas.Host.Tests.CommandLine;

/// <summary>What models and brokers say is shown as text: it cannot steer the terminal.</summary>
public sealed class TerminalTextTests
{
    private const string Steering = "\u001b]0;owned\u0007\u009b2J\r\n";

    [Fact]
    public void A_step_of_a_plan() => AssertPlain(StepText.Of(new PlanStep($"say{Steering}", JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["text"] = $"hello{Steering}" }))));

    [Fact]
    public void A_message_of_the_broker()
    {
        var attributes = new Dictionary<string, string> { ["type"] = $"order{Steering}", ["performative"] = Steering };

        AssertPlain(TopicVerb.ToLine(new RemoteMessage($"edgemas/v1/{Steering}", attributes, $"turn left{Steering}", Retained: false)));
    }

    [Theory]
    [InlineData("""{"text":"ü"}""", """{"text":"ü"}""")]
    [InlineData("5", "5")]
    [InlineData("turn left", "\"turn left\"")]
    [InlineData("", "\"\"")]
    [InlineData("""{"text":"\ud800"}""", "\"{\\\"text\\\":\\\"\\\\ud800\\\"}\"")]
    [InlineData("""{"a":1,"a":2}""", "\"{\\\"a\\\":1,\\\"a\\\":2}\"")]
    public void A_message_of_the_broker_as_JSON(string body, string data) => Assert.Equal(
        $$"""{"topic":"a/b","data":{{data}}}""", TopicVerb.ToJson(new RemoteMessage("a/b", new Dictionary<string, string>(), body, Retained: false)));

    [Fact]
    public void What_a_critic_says_of_a_plan() => AssertPlain(StoryTeller.Tell(new Delivery(
        "edgemas/v1/yard/rover/agents/critic", new Message { Id = "1", Source = "/a", Type = MessageTypes.Critique, Time = DateTimeOffset.UnixEpoch, Data = new Critique("m", Accepted: false, $"no{Steering}", Final: true, $"critic{Steering}") })).GetValueOrDefault().Text);

    private static void AssertPlain(string line)
    {
        Assert.Contains("owned", line);
        Assert.DoesNotContain(line, char.IsControl);
    }
}

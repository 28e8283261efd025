using System.Text.Json;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;
using EdgeMas.Mqtt.Addresses;
using EdgeMas.Mqtt.Link;
using EdgeMas.Mqtt.Tests.Parts;

namespace EdgeMas.Mqtt.Tests.Link;

public sealed class MqttLinkTests
{
    private readonly InProcessBus _bus = new(TimeProvider.System);

    [Theory]
    [InlineData(BrokerKind.Embedded)]
    [InlineData(BrokerKind.Mosquitto)]
    public async Task An_outside_client_sees_exported_messages_with_their_attributes_as_user_properties(BrokerKind kind)
    {
        await using var broker = await Brokers.StartAsync(kind);
        await using var outside = await OutsideClient.SubscribeAsync(broker.EndpointOf("guest"), $"{Samples.Topics.Root}/speech/#", "%t %C %P %p");
        await using var link = await Links.StartAsync(Links.Options(broker.Endpoint), _bus);

        _bus.Publish(Samples.Topics.SpeechSay, Samples.Say("hello", "m-1") with { Taint = Taint.Speech | Taint.Model, CorrelationId = "c-1" }, Qos.AtLeastOnce);
        await link.FlushAsync(Until.Deadline());
        await Until.TrueAsync(() => outside.Count == 1);

        var seen = outside.Messages[0];
        Assert.StartsWith($"{Samples.Topics.SpeechSay} application/json ", seen);
        foreach (var attribute in new[] { "specversion:1.0", "id:m-1", "source:/agents/planner", "type:edgemas.speech.say", "correlationid:c-1" })
            Assert.Contains(attribute, seen);
        Assert.Contains("speech, model", seen);
        Assert.EndsWith("""{"text":"hello"}""", seen);
    }

    [Theory]
    [InlineData(BrokerKind.Embedded)]
    [InlineData(BrokerKind.Mosquitto)]
    public async Task A_burst_of_5000_arrives_complete_and_in_order(BrokerKind kind)
    {
        const int Burst = 5_000;
        await using var broker = await Brokers.StartAsync(kind);
        await using var outside = await OutsideClient.SubscribeAsync(broker.EndpointOf("guest"), $"{Samples.Topics.Root}/missions/#", "%p");
        await using var link = await Links.StartAsync(Links.Options(broker.Endpoint), _bus);
        var began = TimeProvider.System.GetTimestamp();

        for (var i = 0; i < Burst; i++)
            Assert.True(_bus.Publish(Samples.Topics.MissionSteps("m1"), Samples.Text($"{i}"), Qos.AtLeastOnce).ReachedAll);
        await link.FlushAsync(Until.Deadline());
        var rate = Burst / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        TestContext.Current.TestOutputHelper?.WriteLine($"{kind}: {rate:N0} QoS 1 messages/s acknowledged");
        await Until.TrueAsync(() => outside.Count >= Burst, detail: () => $"{outside.Count} arrived");

        Assert.Equal(Enumerable.Range(0, Burst).Select(i => $"{i}"), outside.Messages);
        Assert.Equal(0, link.Counters.Dropped);
        Assert.Equal(Burst, link.Counters.Sent);
        Assert.Equal(0, link.Counters.Waiting);
    }

    [Theory]
    [InlineData(BrokerKind.Embedded)]
    [InlineData(BrokerKind.Mosquitto)]
    public async Task Plain_text_from_outside_reaches_the_bus_marked_as_foreign_and_come_over_the_network(BrokerKind kind)
    {
        await using var broker = await Brokers.StartAsync(kind);
        await using var link = await Links.StartAsync(Links.Options(broker.Endpoint), _bus);
        var seen = Collect(Samples.Topics.Orders);

        var (code, said) = await OutsideClient.PublishAsync(broker.EndpointOf("operator"), Samples.Topics.Orders, "-m", "turn left");
        Assert.True(code == 0, said);
        await Until.TrueAsync(() => seen.Count == 1);

        var delivery = seen.Deliveries[0];
        Assert.True(delivery.FromBroker);
        Assert.Equal(Qos.AtLeastOnce, delivery.Qos);
        Assert.Equal("turn left", delivery.Message.Data);
        Assert.Equal(("edgemas.foreign", "/mqtt/foreign", Taint.Network), (delivery.Message.Type, delivery.Message.Source, delivery.Message.Taint));
        Assert.Equal(1, link.Counters.Received);
    }

    [Fact]
    public async Task Json_structured_and_binary_events_from_outside_are_understood()
    {
        await using var broker = await Brokers.StartAsync(BrokerKind.Embedded);
        await using var link = await Links.StartAsync(Links.Options(broker.Endpoint), _bus);
        var seen = Collect(Samples.Topics.Orders);
        var user = broker.EndpointOf("operator");

        await OutsideClient.PublishAsync(user, Samples.Topics.Orders, "-m", """{"text":"stop","source":"phone"}""");
        await OutsideClient.PublishAsync(
            user, Samples.Topics.Orders, "-D", "publish", "content-type", "application/cloudevents+json", "-m",
            """{"specversion":"1.0","id":"e-1","source":"/phone","type":"edgemas.order.request","time":"2026-03-01T12:00:00Z","taint":"model","data":{"text":"go","source":"phone"}}""");
        await OutsideClient.PublishAsync(
            user, Samples.Topics.Orders, "-D", "publish", "user-property", "specversion", "1.0", "-D", "publish", "user-property", "id", "e-2",
            "-D", "publish", "user-property", "source", "/agents/planner", "-D", "publish", "user-property", "type", "edgemas.order.request",
            "-D", "publish", "user-property", "priority", "safety", "-m", """{"text":"go","source":"phone"}""");
        await Until.TrueAsync(() => seen.Count == 3);

        var messages = seen.Deliveries.Select(delivery => delivery.Message).ToList();
        Assert.Equal("stop", Assert.IsType<JsonElement>(messages[0].Data).GetProperty("text").GetString());
        Assert.Equal(new OrderRequest("go", "phone"), messages[1].Data);
        Assert.Equal(("e-1", "/phone", Taint.Model | Taint.Network), (messages[1].Id, messages[1].Source, messages[1].Taint));
        Assert.Equal(new OrderRequest("go", "phone"), messages[2].Data);
        Assert.Equal("/mqtt/agents/planner", messages[2].Source); // nobody outside speaks as an agent of this robot
        Assert.Equal(MessagePriority.Interactive, messages[2].Priority);
    }

    [Theory]
    [InlineData(BrokerKind.Embedded)]
    [InlineData(BrokerKind.Mosquitto)]
    public async Task What_comes_in_does_not_go_out_again_and_what_goes_out_does_not_come_in(BrokerKind kind)
    {
        await using var broker = await Brokers.StartAsync(kind);
        await using var outside = await OutsideClient.SubscribeAsync(broker.EndpointOf("guest"), Samples.Topics.Orders, "%p");
        await using var link = await Links.StartAsync(Links.Options(broker.Endpoint), _bus);
        var seen = Collect(Samples.Topics.Orders);

        await OutsideClient.PublishAsync(broker.EndpointOf("operator"), Samples.Topics.Orders, "-m", "from outside");
        await Until.TrueAsync(() => seen.Count == 1);
        _bus.Publish(Samples.Topics.Orders, Samples.Text("from inside"), Qos.AtLeastOnce);
        await link.FlushAsync(Until.Deadline());
        await OutsideClient.PublishAsync(broker.EndpointOf("operator"), Samples.Topics.Orders, "-m", "the end");
        await Until.TrueAsync(() => seen.Count == 3 && outside.Count == 3);

        Assert.Equal(["from outside", "from inside", "the end"], seen.Deliveries.Select(delivery => delivery.Message.Data));
        Assert.Equal(["from outside", "from inside", "the end"], outside.Messages);
    }

    [Fact]
    public async Task A_retained_state_stays_at_the_broker_and_empty_data_removes_it()
    {
        await using var broker = await Brokers.StartAsync(BrokerKind.Embedded);
        await using var link = await Links.StartAsync(Links.Options(broker.Endpoint), _bus);
        var topic = Samples.Topics.AgentState("motor");

        _bus.Publish(topic, Samples.Text("ready"), Qos.AtLeastOnce, retain: true);
        await link.FlushAsync(Until.Deadline());
        await using (var late = await OutsideClient.SubscribeAsync(broker.EndpointOf("guest"), topic, "%r %p"))
        {
            await Until.TrueAsync(() => late.Count == 1);
            Assert.Equal("1 ready", late.Messages[0]);
        }
        _bus.Publish(topic, Samples.Text("") with { Data = null }, Qos.AtLeastOnce, retain: true);
        await link.FlushAsync(Until.Deadline());
        await using var later = await OutsideClient.SubscribeAsync(broker.EndpointOf("guest"), $"{Samples.Topics.Root}/agents/#", "%r %t %p");
        _bus.Publish(Samples.Topics.AgentState("vision"), Samples.Text("here"), Qos.AtLeastOnce);
        await Until.TrueAsync(() => later.Count > 0);

        Assert.Equal([$"0 {Samples.Topics.AgentState("vision")} here"], later.Messages);
    }

    [Fact]
    public async Task What_the_bus_kept_before_the_link_started_is_retained_at_the_broker_too()
    {
        await using var broker = await Brokers.StartAsync(BrokerKind.Embedded);
        _bus.Publish(Samples.Topics.AgentState("motor"), Samples.Text("ready"), Qos.AtLeastOnce, retain: true);
        await using var link = await Links.StartAsync(Links.Options(broker.Endpoint), _bus);
        await link.FlushAsync(Until.Deadline());

        await using var late = await OutsideClient.SubscribeAsync(broker.EndpointOf("guest"), Samples.Topics.AgentState("motor"), "%r %p");
        await Until.TrueAsync(() => late.Count == 1);

        Assert.Equal("1 ready", late.Messages[0]);
    }

    [Theory]
    [InlineData(BrokerKind.Embedded)]
    [InlineData(BrokerKind.Mosquitto)]
    public async Task A_request_from_outside_is_answered_where_it_asks_to_be(BrokerKind kind)
    {
        await using var broker = await Brokers.StartAsync(kind);
        var reply = $"{Samples.Topics.Root}/replies/phone";
        await using var outside = await OutsideClient.SubscribeAsync(broker.EndpointOf("operator"), reply, "%D %P %p");
        await using var link = await Links.StartAsync(Links.Options(broker.Endpoint), _bus);
        var seen = Collect(Samples.Topics.Orders);

        await OutsideClient.PublishAsync(
            broker.EndpointOf("operator"), Samples.Topics.Orders, "-D", "publish", "response-topic", reply, "-D", "publish", "correlation-data", "call-7", "-m", "how are you?");
        await Until.TrueAsync(() => seen.Count == 1);
        var request = seen.Deliveries[0].Message;
        Assert.Equal(MqttLink.ReplySource, request.Source);
        _bus.Publish(Samples.Topics.Inbox(MqttLink.AgentName), Samples.Say("half") with { CorrelationId = request.Id, Data = new SkillProgressed("say", 0.5, null) });
        _bus.Publish(Samples.Topics.Inbox(MqttLink.AgentName), Samples.Text("fine") with { CorrelationId = request.Id });
        _bus.Publish(Samples.Topics.Inbox(MqttLink.AgentName), Samples.Text("twice") with { CorrelationId = request.Id });
        await link.FlushAsync(Until.Deadline());
        await Until.TrueAsync(() => outside.Count == 1);

        Assert.StartsWith("call-7 ", outside.Messages[0]);
        Assert.Contains($"correlationid:{request.Id}", outside.Messages[0]);
        Assert.EndsWith(" fine", outside.Messages[0]);
        Assert.Single(outside.Messages);
    }

    [Fact]
    public async Task Nobody_can_make_the_robot_answer_on_a_topic_that_is_not_for_answers()
    {
        await using var broker = await Brokers.StartAsync(BrokerKind.Embedded);
        await using var link = await Links.StartAsync(Links.Options(broker.Endpoint), _bus);
        var seen = Collect(Samples.Topics.Orders);
        var stops = Collect(Samples.Topics.EStop);

        await OutsideClient.PublishAsync(
            broker.EndpointOf("operator"), Samples.Topics.Orders, "-D", "publish", "response-topic", Samples.Topics.EStop, "-D", "publish", "correlation-data", "x", "-m", "hello");
        await Until.TrueAsync(() => seen.Count == 1);
        _bus.Publish(Samples.Topics.Inbox(MqttLink.AgentName), Samples.Text("boom") with { CorrelationId = seen.Deliveries[0].Message.Id });
        await link.FlushAsync(Until.Deadline());

        Assert.Equal("/mqtt/foreign", seen.Deliveries[0].Message.Source);
        Assert.Equal(0, stops.Count);
        Assert.Equal(1, link.Counters.Refused);
    }

    [Theory]
    [InlineData(BrokerKind.Embedded)]
    [InlineData(BrokerKind.Mosquitto)]
    public async Task Presence_is_online_while_connected_and_offline_after_a_clean_end(BrokerKind kind)
    {
        await using var broker = await Brokers.StartAsync(kind);
        await using var outside = await OutsideClient.SubscribeAsync(broker.EndpointOf("guest"), Samples.Topics.Presence, "%p");

        await (await Links.StartAsync(Links.Options(broker.Endpoint) with { Version = "0.1.0" }, _bus)).DisposeAsync();
        await Until.TrueAsync(() => outside.Count == 2);

        Assert.Equal(["""{"robot":"rover","online":true,"version":"0.1.0"}""", """{"robot":"rover","online":false,"version":"0.1.0"}"""], outside.Messages);
        await using var late = await OutsideClient.SubscribeAsync(broker.EndpointOf("guest"), Samples.Topics.Presence, "%r %p");
        await Until.TrueAsync(() => late.Count == 1);
        Assert.StartsWith("1 ", late.Messages[0]);
        Assert.Contains("\"online\":false", late.Messages[0]);
    }

    private Collector Collect(string filter)
    {
        var collector = new Collector();
        _bus.Subscribe(filter, collector);
        return collector;
    }
}

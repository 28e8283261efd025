using System.Buffers;
using System.Text;
using CsCheck;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Messages;
using EdgeMas.Mqtt.Link;
using EdgeMas.Mqtt.Tests.Parts;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace EdgeMas.Mqtt.Tests.Link;

public sealed class WireMessageTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Every_message_comes_back_as_it_went_out()
    {
        var word = Gen.String[Gen.Char['a', 'z'], 1, 12];
        var gen = Gen.Select(word, word, Gen.Enum<Performative>(), Gen.Int[0, 15], Gen.Enum<MessagePriority>(), Gen.String[Gen.Char[' ', 'ÿ'], 0, 60].Where(text => !text.Any(char.IsControl)));
        gen.Sample((id, subject, performative, taint, priority, text) =>
        {
            var message = Samples.Say(text, id) with
            {
                Subject = subject,
                Performative = performative,
                Taint = (Taint)taint,
                Priority = priority,
                CorrelationId = subject,
                Deadline = Noon.AddMinutes(1),
            };
            return Decode(Encode(message)).Equals(message) && Decode(Encode(message with { DataContentType = "text/plain", Data = text })).Data as string == (text.Length == 0 ? null : text);
        });
    }

    [Fact]
    public void Whatever_comes_in_is_a_message_or_a_format_error() =>
        Gen.Select(Gen.Byte.Array[0, 200], Gen.String[0, 40].Null(), Gen.Select(Gen.Int[0, 8], Gen.String[0, 20]).Array[0, 12]).Sample((payload, contentType, properties) =>
        {
            var names = new[] { "specversion", "id", "source", "type", "time", "deadline", "taint", "priority", "x" };
            var wire = new MqttApplicationMessage
            {
                Topic = "t",
                Payload = new ReadOnlySequence<byte>(payload),
                ContentType = contentType,
                UserProperties = [.. properties.Select(pair => Property(names[pair.Item1], pair.Item2))],
            };
            try
            {
                Assert.NotNull(Decode(wire));
            }
            catch (FormatException)
            {
                // the way to say no
            }
        });

    [Theory]
    [InlineData("""{"a":1}""", true)]
    [InlineData("[1,2]", true)]
    [InlineData("42", false)]
    [InlineData("turn left", false)]
    [InlineData("[kitchen] lights on", false)]
    public void A_payload_without_any_sign_is_json_when_it_looks_and_reads_so_and_else_text(string payload, bool isJson)
    {
        var message = Decode(new MqttApplicationMessage { Topic = "t", Payload = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(payload)) });

        if (isJson)
            Assert.IsType<System.Text.Json.JsonElement>(message.Data);
        else
            Assert.Equal(payload, message.Data);
        Assert.Equal(isJson ? "application/json" : "text/plain", message.DataContentType);
        Assert.Equal(("edgemas.foreign", "/mqtt/foreign"), (message.Type, message.Source));
    }

    [Fact]
    public void A_request_without_a_payload_is_a_message_without_data() => Assert.Null(Decode(new MqttApplicationMessage { Topic = "t" }).Data);

    [Fact]
    public void Control_characters_are_no_text() =>
        Assert.Throws<FormatException>(() => Decode(new MqttApplicationMessage { Topic = "t", Payload = new ReadOnlySequence<byte>("rm\u001b[2J"u8.ToArray()) }));

    [Fact]
    public void Retain_and_quality_are_carried_and_the_quality_can_be_raised()
    {
        var outgoing = new Outgoing();
        outgoing.Fill(new Delivery("t", Samples.Say("x"), Qos.AtMostOnce, Retained: true), null, 1, 1, 0);

        Assert.True(WireMessage.Encode(outgoing, Qos.AtMostOnce, TimeSpan.Zero).Retain);
        Assert.Equal(MqttQualityOfServiceLevel.AtMostOnce, WireMessage.Encode(outgoing, Qos.AtMostOnce, TimeSpan.Zero).QualityOfServiceLevel);
        Assert.Equal(MqttQualityOfServiceLevel.AtLeastOnce, WireMessage.Encode(outgoing, Qos.AtLeastOnce, TimeSpan.Zero).QualityOfServiceLevel);
    }

    [Fact]
    public void A_deadline_becomes_the_time_that_is_left_whatever_the_clock_of_the_world()
    {
        var outgoing = new Outgoing();
        outgoing.Fill(new Delivery("t", Samples.Say("x") with { Time = DateTimeOffset.UnixEpoch, Deadline = DateTimeOffset.UnixEpoch.AddSeconds(30) }, Qos.AtLeastOnce), null, 1, 1, 0);

        Assert.Equal(30u, WireMessage.Encode(outgoing, Qos.AtMostOnce, TimeSpan.Zero).MessageExpiryInterval);
        Assert.Equal(19u, WireMessage.Encode(outgoing, Qos.AtMostOnce, TimeSpan.FromSeconds(11.5)).MessageExpiryInterval);
    }

    [Fact]
    public void An_object_that_has_no_form_outside_is_refused() =>
        Assert.Throws<NotSupportedException>(() => Encode(Samples.Say("x") with { Data = new System.Drawing.Point(1, 2) }));

    private static MqttApplicationMessage Encode(Message message)
    {
        var outgoing = new Outgoing();
        outgoing.Fill(new Delivery("t", message, Qos.AtLeastOnce), null, 1, 1, 0);
        return WireMessage.Encode(outgoing, Qos.AtMostOnce, TimeSpan.Zero);
    }

    private static Message Decode(MqttApplicationMessage wire) => WireMessage.Decode(wire, Noon, CloudEventLimits.Default);

    private static MqttUserProperty Property(string name, string value) => new(name, Encoding.UTF8.GetBytes(value).AsMemory());
}

using System.Text;
using System.Text.Json;
using CsCheck;
using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Tests.Bus;

namespace EdgeMas.Core.Tests.Messages;

public sealed class CloudEventTests
{
    private static readonly Gen<string> Attribute = Gen.String[Gen.Char.Where(c => !char.IsControl(c) && !char.IsSurrogate(c)), 1, 20];

    private static readonly Gen<DateTimeOffset> Times = Gen.Long[0, 4_000_000_000_000_000].Select(ticks => DateTimeOffset.UnixEpoch.AddTicks(ticks));

    private static readonly Gen<object?> Bodies = Gen.OneOf(
        Gen.Const((object?)null),
        Gen.String.Where(text => !text.Any(char.IsSurrogate)).Select(text => (object?)JsonSerializer.SerializeToElement(text)),
        Gen.Int.Select(number => (object?)JsonSerializer.SerializeToElement(new { nested = new[] { number } })));

    private static readonly Gen<Message> Events =
        from ids in Gen.Select(Attribute, Attribute, Attribute)
        from options in Gen.Select(Attribute.Null(), Attribute.Null(), Attribute.Null(), Times.Nullable())
        from words in Gen.Select(Gen.Enum<Performative>(), Gen.Enum<MessagePriority>(), Gen.Int[0, 15])
        from time in Times
        from data in Bodies
        select new Message
        {
            Id = ids.Item1,
            Source = ids.Item2,
            Type = ids.Item3,
            Time = time,
            Subject = options.Item1,
            CorrelationId = options.Item2,
            TraceParent = options.Item3,
            Deadline = options.Item4,
            Performative = words.Item1,
            Priority = words.Item2,
            Taint = (Taint)words.Item3,
            Data = data,
        };

    [Fact]
    public void What_was_encoded_decodes_to_the_same_in_both_modes() => Events.Sample(message =>
    {
        var structured = CloudEventJson.Decode(CloudEventJson.Encode(message));
        var binary = CloudEventAttributes.Read(CloudEventAttributes.Of(message), message.DataContentType, MessageBody.Encode(message).Span, default);

        AssertSame(message, structured);
        AssertSame(message, binary);
    });

    public static TheoryData<string> KnownTypes => [.. MessageBody.KnownTypes];

    [Theory]
    [MemberData(nameof(KnownTypes))]
    public void A_body_of_a_known_type_becomes_its_record_again(string type)
    {
        var message = Letters.New(SampleBodies.All[type]) with { Type = type };

        var decoded = CloudEventJson.Decode(CloudEventJson.Encode(message));

        Assert.IsType(message.Data!.GetType(), decoded.Data);
        Assert.Equal(Encoding.UTF8.GetString(CloudEventJson.Encode(message)), Encoding.UTF8.GetString(CloudEventJson.Encode(decoded)));
    }

    [Fact]
    public void An_event_looks_as_the_standard_says()
    {
        var message = new Message
        {
            Id = "7",
            Source = "/agents/audio",
            Type = MessageTypes.SpeechHeard,
            Time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            Data = new SpeechHeard("go forward ten meters", 0.9, "pocketsphinx", 2.5, 0.3, "wav"),
            Taint = Taint.Speech | Taint.Network,
            Priority = MessagePriority.Safety,
            Performative = Performative.Cfp,
        };

        Assert.Equal(
            """
            {"specversion":"1.0","id":"7","source":"/agents/audio","type":"edgemas.speech.heard","time":"2026-01-02T03:04:05+00:00","performative":"cfp","priority":"safety","taint":"speech, network","datacontenttype":"application/json","data":{"text":"go forward ten meters","confidence":0.9,"recognizer":"pocketsphinx","audio_seconds":2.5,"seconds":0.3,"source":"wav"}}
            """,
            Encoding.UTF8.GetString(CloudEventJson.Encode(message)));
    }

    [Fact]
    public void Text_and_bytes_keep_their_kind()
    {
        var text = Letters.New("go forward") with { DataContentType = "text/plain; charset=utf-8" };
        var bytes = Letters.New(new ReadOnlyMemory<byte>([0, 255, 7])) with { DataContentType = "image/jpeg" };

        Assert.Equal("go forward", CloudEventJson.Decode(CloudEventJson.Encode(text)).Data);
        Assert.Equal("go forward"u8, MessageBody.Encode(text).Span);
        Assert.Equal("go forward", MessageBody.Decode(text.Type, text.DataContentType, "go forward"u8));
        var decoded = Assert.IsType<ReadOnlyMemory<byte>>(CloudEventJson.Decode(CloudEventJson.Encode(bytes)).Data);
        Assert.Equal([0, 255, 7], decoded.ToArray());
    }

    [Theory]
    [InlineData("""[]""", "expected an object")]
    [InlineData("""{"specversion":"1.0","source":"s","type":"t","time":"2026-01-02T03:04:05Z"}""", "attribute id is missing")]
    [InlineData("""{"id":"1","source":"s","type":"t","time":"2026-01-02T03:04:05Z"}""", "specversion is missing")]
    [InlineData("""{"specversion":"0.3","id":"1","source":"s","type":"t","time":"2026-01-02T03:04:05Z"}""", "not '0.3'")]
    [InlineData("""{"specversion":"1.0","id":7,"source":"s","type":"t","time":"2026-01-02T03:04:05Z"}""", "attribute id: expected a string")]
    [InlineData("""{"specversion":"1.0","id":"a\nb","source":"s","type":"t","time":"2026-01-02T03:04:05Z"}""", "U+000A")]
    [InlineData("""{"specversion":"1.0","id":"\ud800","source":"s","type":"t","time":"2026-01-02T03:04:05Z"}""", "surrogate")]
    [InlineData("""{"specversion":"1.0","id":"1","id":"2","source":"s","type":"t","time":"2026-01-02T03:04:05Z"}""", "id")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"s","type":"t","time":"yesterday"}""", "'yesterday' is no RFC 3339 time")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"s","type":"t","time":"2026-01-02T03:04:05Z","taint":"none,evil"}""", "'evil' is none of")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"s","type":"t","time":"2026-01-02T03:04:05Z","priority":"1"}""", "'1' is none of")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"s","type":"t","time":"2026-01-02T03:04:05Z","data":1,"data_base64":""}""", "exclude each other")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"s","type":"edgemas.skill.request","time":"2026-01-02T03:04:05Z","data":{"arguments":{}}}""", "skill")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"s","type":"edgemas.skill.request","time":"2026-01-02T03:04:05Z","data":{"skill":null,"arguments":{}}}""", "skill")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"s","type":"edgemas.skill.request","time":"2026-01-02T03:04:05Z","data":{"skill":"drive"}}""", "arguments")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"s","type":"edgemas.skill.ended","time":"2026-01-02T03:04:05Z","data":{"skill":"a","outcome":{"succeeded":"yes"}}}""", "$.outcome.succeeded")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"s","type":"edgemas.motion.report","time":"2026-01-02T03:04:05Z","data":{"pose":{"x":1,"y":1},"speed":0,"turn_rate":0,"battery":1,"e_stop":false}}""", "heading")]
    [InlineData("""{"specversion":"1.0",""", "event:")]
    public void A_bad_event_is_refused_with_the_place(string json, string place) =>
        Assert.Contains(place, Assert.Throws<FormatException>(() => CloudEventJson.Decode(Encoding.UTF8.GetBytes(json))).Message);

    [Fact]
    public void What_a_body_has_got_since_its_first_version_may_be_missing()
    {
        var health = (HealthReport)MessageBody.Decode(MessageTypes.HealthReport, "application/json", """
            {"uptime_seconds":1,"resident_bytes":1,"bus_dropped":0,"broker_connected":true,"engine":{"model":"m","memory_cells":7,"memory_bytes":1,"agents":[],
             "counters":{"requests":3,"prompt_tokens":0,"reused_tokens":0,"generated_tokens":0,"busy_seconds":0,"generation_seconds":0}}}
            """u8)!;

        Assert.Equal((3, 0), (health.Engine!.Counters.Requests, health.Engine.Counters.Batches));
    }

    [Fact]
    public void A_motion_report_of_a_robot_that_told_no_side_speed_is_read()
    {
        var report = (MotionReport)MessageBody.Decode(MessageTypes.MotionReport, "application/json", """
            {"pose":{"x":1,"y":-2,"heading":3.14},"speed":0.5,"turn_rate":-0.1,"battery":0.9,"e_stop":true,"limited":"speed"}
            """u8)!;

        Assert.Equal((0.5, null), (report.Speed, report.SideSpeed));
        var encoded = MessageBody.Encode(Letters.New(report with { SideSpeed = 0.25 }) with { Type = MessageTypes.MotionReport });
        Assert.Contains("\"side_speed\":0.25", Encoding.UTF8.GetString(encoded.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_beyond_the_limits_is_refused()
    {
        var limits = new CloudEventLimits { MaxBytes = 500, MaxAttributeLength = 50 };
        var long_ = CloudEventJson.Encode(Letters.New(new string('a', 600)));
        var name = CloudEventJson.Encode(Letters.New(1) with { Id = new string('i', 51), Data = null });
        var deep = Encoding.UTF8.GetBytes($$"""{"specversion":"1.0","id":"1","source":"s","type":"t","time":"2026-01-02T03:04:05Z","data":{{new string('[', 40)}}{{new string(']', 40)}}}""");

        Assert.Contains("at most 500", Assert.Throws<FormatException>(() => CloudEventJson.Decode(long_, limits)).Message);
        Assert.Contains("at most 50", Assert.Throws<FormatException>(() => CloudEventJson.Decode(name, limits)).Message);
        Assert.Contains("depth", Assert.Throws<FormatException>(() => CloudEventJson.Decode(deep)).Message);
    }

    [Fact]
    public void Any_bytes_decode_or_are_refused_with_a_format_exception() => Gen.Byte.Array[0, 200].Sample(bytes => DecodesOrRefuses(bytes), iter: 5_000);

    [Fact]
    public void Any_damage_to_a_good_event_is_decoded_or_refused_with_a_format_exception()
    {
        var good = SampleBodies.All.Select(pair => CloudEventJson.Encode(Letters.New(pair.Value) with { Type = pair.Key, Taint = Taint.Speech, Deadline = DateTimeOffset.UnixEpoch })).ToArray();
        var interesting = "\"\\{}[]:,0u-e\0\xff"u8.ToArray();
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Select(Gen.Int[0, 10_000], Gen.OneOf(Gen.Byte, Gen.Int[0, interesting.Length - 1].Select(i => interesting[i])), Gen.Int[0, 2]).Array[1, 4])
            .Sample((which, edits) =>
            {
                var bytes = good[which].ToList();
                foreach (var (at, value, kind) in edits)
                {
                    var index = at % bytes.Count;
                    if (kind == 0)
                        bytes[index] = value;
                    else if (kind == 1)
                        bytes.Insert(index, value);
                    else
                        bytes.RemoveRange(index, Math.Min(3, bytes.Count - index - 1));
                }
                return DecodesOrRefuses([.. bytes]);
            }, iter: 5_000);
    }

    private static bool DecodesOrRefuses(byte[] bytes)
    {
        try
        {
            // What passed must be fit for use: writing it reads every string.
            CloudEventJson.Encode(CloudEventJson.Decode(bytes));
        }
        catch (FormatException)
        {
            // refused, as it should be
        }
        foreach (var type in (string[])["unknown", MessageTypes.SkillRequest])
        {
            foreach (var contentType in (string[])["application/json", "text/plain", "image/png", ";"])
            {
                try
                {
                    MessageBody.Decode(type, contentType, bytes);
                }
                catch (FormatException)
                {
                    // refused, as it should be
                }
            }
        }
        return true;
    }

    private static void AssertSame(Message expected, Message actual)
    {
        Assert.Equal(expected with { Data = null }, actual with { Data = null });
        Assert.Equal(expected.Data?.ToString(), actual.Data?.ToString());
    }
}

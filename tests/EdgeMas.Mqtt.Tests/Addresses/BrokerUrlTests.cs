using CsCheck;
using EdgeMas.Core.Broker;
using EdgeMas.Mqtt.Addresses;

namespace EdgeMas.Mqtt.Tests.Addresses;

public sealed class BrokerUrlTests
{
    [Theory]
    [InlineData("embedded", BrokerKind.Embedded)]
    [InlineData(" Mosquitto ", BrokerKind.Mosquitto)]
    public void The_two_brokers_of_ours_are_named_by_a_word(string text, BrokerKind kind) =>
        Assert.Equal(new BrokerUrl(kind, null), BrokerUrl.Parse(text));

    [Fact]
    public void A_url_names_host_port_and_user()
    {
        Assert.Equal(new BrokerEndpoint("hub", 1883), BrokerUrl.Parse("mqtt://hub").Endpoint);
        Assert.Equal(new BrokerEndpoint("10.0.0.7", 1900, UserName: "r1", Password: "p@ss:word"), BrokerUrl.Parse("mqtt://r1:p%40ss%3Aword@10.0.0.7:1900").Endpoint);
        Assert.Equal(new BrokerEndpoint("::1", 8883, Tls: true), BrokerUrl.Parse("mqtts://[::1]").Endpoint);
        Assert.Equal(new BrokerEndpoint("hub", 8884, true, "r1", null, "/etc/ca.pem"), BrokerUrl.Parse("mqtts://r1@hub:8884?ca=/etc/ca.pem").Endpoint);
    }

    [Fact]
    public void A_password_can_come_from_the_environment()
    {
        string? Environment(string name) => name == "HUB_PASSWORD" ? "secret" : null;

        Assert.Equal("secret", BrokerUrl.Parse("mqtt://r1@hub", "HUB_PASSWORD", Environment).Endpoint!.Password);
        Assert.Equal("secret", BrokerUrl.Parse("mqtt://r1@hub?passwordEnv=HUB_PASSWORD", "OTHER", Environment).Endpoint!.Password);
        Assert.Contains("export OTHER=", Assert.Throws<FormatException>(() => BrokerUrl.Parse("mqtt://r1@hub", "OTHER", Environment)).Message);
        Assert.Contains("keep one", Assert.Throws<FormatException>(() => BrokerUrl.Parse("mqtt://r1:x@hub", "HUB_PASSWORD", Environment)).Message);
    }

    [Theory]
    [InlineData("hub:1883", "mqtt://")]
    [InlineData("http://hub", "mqtt://")]
    [InlineData("", "embedded")]
    [InlineData("mqtt://hub/topic", "nothing follows the port")]
    [InlineData("mqtt://hub:0", "port 0")]
    [InlineData("mqtt://hub:99999", "none of")]
    [InlineData("mqtt://hub?ca=/x", "write mqtts://")]
    [InlineData("mqtts://hub?cafile=/x", "'cafile' is not understood")]
    [InlineData("mqtts://hub?ca=", "'ca' is not understood")]
    [InlineData("mqtts://hub?ca=/x&ca=/y", "twice")]
    [InlineData("mqtt://:secret@hub", "no user")]
    public void What_is_no_broker_is_refused_with_the_mend(string text, string mend) =>
        Assert.Contains(mend, Assert.Throws<FormatException>(() => BrokerUrl.Parse(text)).Message);

    [Fact]
    public void No_error_and_no_text_shows_a_password()
    {
        Assert.DoesNotContain("secret", BrokerUrl.Parse("mqtt://r1:secret@hub").ToString());
        foreach (var broken in new[] { "mqtt://r1:secret@hub/x", "http://r1:secret@hub", "mqtt://r1:secret@hub:70000", "mqtt://r1:sec@ret:secret@:1" })
            Assert.DoesNotContain("secret", Assert.Throws<FormatException>(() => BrokerUrl.Parse(broken)).Message);
    }

    [Theory]
    [InlineData("mqtt://r:p@127.0.0.1", false)]
    [InlineData("mqtt://r:p@localhost", false)]
    [InlineData("mqtt://hub", false)]
    [InlineData("mqtts://r:p@hub", false)]
    [InlineData("mqtt://r:p@hub", true)]
    public void A_password_that_would_cross_a_network_unprotected_is_noticed(string text, bool expected) =>
        Assert.Equal(expected, BrokerUrl.Parse(text).SendsPasswordInClear);

    [Fact]
    public void Every_user_and_password_survives_escaping() =>
        Gen.Select(Gen.String[Gen.Char['a', 'z'], 1, 10], Gen.String[Gen.Char[' ', '~'], 0, 20]).Sample((user, password) =>
        {
            var endpoint = BrokerUrl.Parse($"mqtt://{user}:{Uri.EscapeDataString(password)}@hub").Endpoint!;
            return endpoint.UserName == user && endpoint.Password == password;
        });

    [Fact]
    public void Any_text_is_parsed_or_refused_as_a_format_error() =>
        Gen.OneOf(Gen.String, Gen.String.Select(rest => $"mqtt://{rest}"), Gen.String[Gen.Char['!', '@'], 0, 20].Select(rest => $"mqtts://{rest}")).Sample(text =>
        {
            try
            {
                BrokerUrl.Parse(text, environment: _ => null);
            }
            catch (FormatException)
            {
                // the way to say no
            }
        });
}

using EdgeMas.Core.Topics;
using EdgeMas.Host.Checkup;
using EdgeMas.Host.Configuration;
using EdgeMas.Host.Robot;
using EdgeMas.Host.Tests.Parts;
using EdgeMas.Mqtt.Access;
using EdgeMas.Mqtt.Embedded;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeMas.Host.Tests.Checkup;

public sealed class BrokerCheckTests
{
    private static readonly Patient Rover = Patient.Read(Shipped.Rover);

    [Fact]
    public async Task A_broker_that_takes_the_login_is_well_and_a_wrong_password_fails_without_being_told()
    {
        var user = BrokerUser.Robot(new RobotTopics("yard", "rover"));
        await using var broker = new EmbeddedBroker(new EmbeddedBrokerOptions { Users = [user] }, NullLogger.Instance);
        await broker.StartAsync(TestContext.Current.CancellationToken);
        var (name, port) = (Uri.EscapeDataString(user.Name), broker.Endpoint.Port);

        var right = await LookAsync($"mqtt://{name}:{Uri.EscapeDataString(broker.Endpoint.Password!)}@127.0.0.1:{port}");
        var wrong = await LookAsync($"mqtt://{name}:guessed@127.0.0.1:{port}");

        Assert.True(right.Verdict == Verdict.Ok, right.Text);
        Assert.Equal(Verdict.Failed, wrong.Verdict);
        Assert.Contains("password", wrong.Text);
        Assert.DoesNotContain("guessed", wrong.Text);
    }

    [Fact]
    public async Task A_broker_that_is_not_there_fails()
    {
        var finding = await LookAsync("mqtt://127.0.0.1:1");

        Assert.Equal(Verdict.Failed, finding.Verdict);
        Assert.Contains("nobody listens", finding.Text);
    }

    [Fact]
    public void The_user_of_the_configuration_gets_the_password_of_the_named_variable()
    {
        Environment.SetEnvironmentVariable("EDGEMAS_TEST_PASSWORD", "from the variable");

        var endpoint = BrokerSide.EndpointOf(Broker("mqtt://broker.invalid") with { UserName = "rover", PasswordVariable = "EDGEMAS_TEST_PASSWORD" });

        Assert.Equal(("broker.invalid", 1883, "rover", "from the variable"), (endpoint.Host, endpoint.Port, endpoint.UserName, endpoint.Password));
    }

    [Theory]
    [InlineData("rover")]
    [InlineData(null)]
    public void A_variable_that_is_not_set_is_told(string? user)
    {
        var error = Assert.Throws<FormatException>(() => BrokerSide.EndpointOf(Broker("mqtt://someone@broker.invalid") with { UserName = user, PasswordVariable = "EDGEMAS_TEST_UNSET" }));

        Assert.Contains("EDGEMAS_TEST_UNSET", error.Message);
    }

    private static async Task<Finding> LookAsync(string url)
    {
        var patient = Rover with { Configuration = Rover.Configuration! with { Broker = Broker(url) } };
        return Assert.Single(await new BrokerCheck().LookAsync(patient, TestContext.Current.CancellationToken));
    }

    private static BrokerConfiguration Broker(string url) => new("url", new Uri(url), 0, null, null, null);
}

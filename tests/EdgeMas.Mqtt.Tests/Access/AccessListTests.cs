using System.Text;
using EdgeMas.Mqtt.Access;
using EdgeMas.Mqtt.Tests.Parts;

namespace EdgeMas.Mqtt.Tests.Access;

public sealed class AccessListTests
{
    private readonly AccessList _access = new([BrokerUser.Robot(Samples.Topics), BrokerUser.Operator(Samples.Topics, password: "open sesame"), BrokerUser.Guest(Samples.Topics)]);

    [Fact]
    public void A_password_is_right_or_wrong_and_an_unknown_user_has_none()
    {
        Assert.True(_access.IsPassword("operator", "open sesame"u8));
        Assert.False(_access.IsPassword("operator", "open sesam"u8));
        Assert.False(_access.IsPassword("operator", ""u8));
        Assert.False(_access.IsPassword("stranger", "open sesame"u8));
        Assert.False(_access.IsPassword("nobody", Encoding.UTF8.GetBytes(_access.Of("nobody").User.Password!)));
        Assert.False(_access.IsPassword(null, ""u8));
    }

    [Fact]
    public void Generated_passwords_are_long_and_differ()
    {
        var passwords = _access.Users.Select(user => user.Password!).ToList();

        Assert.Equal(passwords.Count, passwords.Distinct().Count());
        Assert.Equal(32, _access.Of("robot").User.Password!.Length);
    }

    [Fact]
    public void The_robot_owns_its_root_an_operator_gives_orders_and_a_guest_looks_on()
    {
        var (robot, @operator, guest) = (_access.Of("robot"), _access.Of("operator"), _access.Of("guest"));

        Assert.True(robot.MayPublish(Samples.Topics.Presence));
        Assert.False(robot.MayPublish("edgemas/v1/yard/other/presence"));
        Assert.True(@operator.MayPublish(Samples.Topics.Orders));
        Assert.True(@operator.MayPublish(Samples.Topics.EStop));
        Assert.False(@operator.MayPublish(Samples.Topics.Presence));
        Assert.False(guest.MayPublish(Samples.Topics.EStop));
        Assert.True(guest.MaySubscribe($"{Samples.Topics.Root}/#"));
        Assert.False(guest.MaySubscribe("#"));
        Assert.False(guest.MaySubscribe("edgemas/v1/yard/+/health"));
        Assert.False(_access.Of("stranger").MaySubscribe(Samples.Topics.Health));
    }

    [Theory]
    [InlineData("a:b")]
    [InlineData("a b")]
    [InlineData("a\nuser root")]
    [InlineData("#a")]
    public void A_name_that_could_break_a_password_file_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => new AccessList([new BrokerUser(name, null, [], [])]));

    [Fact]
    public void A_user_twice_is_refused() =>
        Assert.Throws<ArgumentException>(() => new AccessList([BrokerUser.Robot(Samples.Topics), BrokerUser.Robot(Samples.Topics)]));

    [Fact]
    public void A_user_shows_no_password() => Assert.Equal("operator", _access.Of("operator").User.ToString());
}

using System.CommandLine;
using EdgeMas.Host.Remote;
using EdgeMas.Host.Robot;

namespace EdgeMas.Host.CommandLine;

/// <summary>The options by which verbs find a running robot's broker.</summary>
internal sealed class BrokerOptions
{
    private readonly Option<string> _data = new("--data") { Description = "Data folder of the running robot", DefaultValueFactory = _ => ".edgemas" };
    private readonly Option<string?> _broker = new("--broker") { Description = "Any broker instead: mqtt(s)://[user[:password]@]host[:port]" };

    public Option<bool> Json { get; } = Verb.JsonOption();

    public void AddTo(Command command)
    {
        command.Add(_data);
        command.Add(_broker);
        command.Add(Json);
    }

    /// <summary>The user says where the robot is.</summary>
    public bool IsGiven(ParseResult result) => result.GetResult(_data) is { Implicit: false } || result.GetValue(_broker) is not null;

    /// <summary>A robot runs on the data folder.</summary>
    public bool FindsRobot(ParseResult result) => BrokerConnection.Find(result.GetRequiredValue(_data)) is not null;

    public Task<BrokerClient> ConnectAsync(ParseResult result, CancellationToken cancellationToken) =>
        BrokerClient.ConnectAsync(result.GetRequiredValue(_data), result.GetValue(_broker), cancellationToken);
}

namespace EdgeMas.Mqtt.Access;

/// <summary>All users of a broker. Immutable; any thread.</summary>
internal sealed class AccessList
{
    private readonly Dictionary<string, UserAccess> _users = new(StringComparer.Ordinal);
    private readonly UserAccess _nobody = new(new BrokerUser("nobody", Password: null, [], []));

    internal AccessList(IEnumerable<BrokerUser> users)
    {
        foreach (var user in users)
        {
            if (!_users.TryAdd(user.Name, new UserAccess(user)))
                throw new ArgumentException($"broker user '{user.Name}' is listed twice", nameof(users));
        }
    }

    internal IEnumerable<BrokerUser> Users => _users.Values.Select(access => access.User);

    /// <summary>The rights of a user who has logged in; of nobody when the name is unknown.</summary>
    internal UserAccess Of(string? name) => name is not null && _users.TryGetValue(name, out var user) ? user : _nobody;

    /// <summary>An unknown name costs the same time as a wrong password.</summary>
    internal bool IsPassword(string? name, ReadOnlySpan<byte> password)
    {
        var user = Of(name);
        return user.HasPassword(password) & user != _nobody;
    }
}

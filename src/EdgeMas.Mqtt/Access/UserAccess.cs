using System.Security.Cryptography;
using System.Text;
using EdgeMas.Core.Topics;

namespace EdgeMas.Mqtt.Access;

/// <summary>One user's password and rights, ready to be checked. Immutable; any thread.</summary>
internal sealed class UserAccess
{
    private const int PasswordCharacters = 32; // of 32 different ones: 160 bits

    private readonly TopicFilter[] _publish;
    private readonly string[] _subscribe;
    private readonly byte[] _passwordHash;

    internal UserAccess(BrokerUser user)
    {
        ArgumentException.ThrowIfNullOrEmpty(user.Name);
        if (user.Name.Any(c => c is ':' or ' ' or '#' || char.IsControl(c)))
            throw new ArgumentException($"broker user '{user.Name}': a name holds no colon, space, '#' or control character", nameof(user));
        User = user with { Password = user.Password ?? RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz234567", PasswordCharacters) };
        _publish = [.. user.Publish.Select(TopicFilter.Parse)];
        _subscribe = [.. user.Subscribe.Select(filter => TopicFilter.Parse(filter).ToString())];
        _passwordHash = SHA256.HashData(Encoding.UTF8.GetBytes(User.Password));
    }

    /// <summary>With the password that was generated, if none was given.</summary>
    internal BrokerUser User { get; }

    /// <summary>Takes the same time wherever the passwords differ, and whatever their lengths.</summary>
    internal bool HasPassword(ReadOnlySpan<byte> password)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(password, hash);
        return CryptographicOperations.FixedTimeEquals(hash, _passwordHash);
    }

    internal bool MayPublish(string topic)
    {
        foreach (var filter in _publish)
        {
            if (filter.Matches(topic))
                return true;
        }
        return false;
    }

    internal bool MaySubscribe(string filter) => Array.Exists(_subscribe, allowed => FilterCover.Covers(allowed, filter));
}

using System.Globalization;
using System.Security.Cryptography;

namespace EdgeMas.Core.Messages;

/// <summary>Ids of messages made in this process: eight random letters of the process and a count. Unique between processes for all practical purposes; any thread.</summary>
public static class MessageIds
{
    private static readonly string Process = RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz234567", 8);
    private static long _last;

    public static string Next() => string.Create(CultureInfo.InvariantCulture, $"{Process}-{Interlocked.Increment(ref _last)}");
}

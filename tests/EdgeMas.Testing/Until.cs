using System.Runtime.CompilerServices;
using Xunit;

namespace EdgeMas.Testing;

/// <summary>Waits for something that other threads and processes bring about; generous, because the machine may be busy.</summary>
public static class Until
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static CancellationToken Deadline() => new CancellationTokenSource(Patience).Token;

    public static async Task TrueAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string what = "", Func<string>? detail = null)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience)
                Assert.Fail($"not within {Patience.TotalSeconds} s: {what} {detail?.Invoke()}");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }
}

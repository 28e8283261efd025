using System.Runtime.CompilerServices;

namespace EdgeMas.Mqtt.Tests.Parts;

/// <summary>Waits for something that other threads and processes bring about; generous, because the machine may be busy.</summary>
internal static class Until
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    internal static CancellationToken Deadline() => new CancellationTokenSource(Patience).Token;

    internal static async Task TrueAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string what = "", Func<string>? detail = null)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience)
                Assert.Fail($"not within {Patience.TotalSeconds} s: {what} {detail?.Invoke()}");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}

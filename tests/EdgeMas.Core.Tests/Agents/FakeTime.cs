using Microsoft.Extensions.Time.Testing;

namespace EdgeMas.Core.Tests.Agents;

internal static class FakeTime
{
    /// <summary>Lets time pass step by step, with pauses in which other threads get on, until the task has ended.</summary>
    internal static async Task AdvanceUntilAsync(this FakeTimeProvider time, Task task, TimeSpan step)
    {
        for (var i = 0; i < 1_000 && !task.IsCompleted; i++)
        {
            time.Advance(step);
            await Task.WhenAny(task, Task.Delay(5));
        }
    }
}

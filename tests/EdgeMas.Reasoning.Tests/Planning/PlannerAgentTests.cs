using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Models;
using EdgeMas.Core.Time;
using EdgeMas.Reasoning.Tests.Coordination;

namespace EdgeMas.Reasoning.Tests.Planning;

public sealed class PlannerAgentTests
{
    [Fact]
    public async Task Virtual_time_stands_still_while_the_model_thinks_and_goes_on_afterwards()
    {
        var brake = new CountingBrake();
        var heldWhileThinking = 0;
        await using var robot = await TestRobot.StartAsync(
            new ScriptedModel((_, _) =>
            {
                heldWhileThinking = brake.Held;
                return Task.FromResult("[]");
            }),
            brake: brake);

        await robot.RunAsync("tell me a joke");

        Assert.Equal((1, 0), (heldWhileThinking, brake.Held));
    }

    [Fact]
    public async Task A_plan_that_does_not_end_is_no_plan()
    {
        await using var robot = await TestRobot.StartAsync(new ScriptedModel("""[{"name":"drive","arguments":{"dist""") { Finish = FinishReason.Length });

        Assert.Contains("did not end within", (await robot.RunAsync("go forward ten meters")).Reason);
    }

    [Fact]
    public async Task Answers_carry_the_models_taint()
    {
        await using var robot = await TestRobot.StartAsync(new ScriptedModel("[]"));

        await robot.RunAsync("tell me a joke", Taint.Speech);

        var proposal = await robot.WaitAsync(delivery => delivery.Message.Data is PlanProposal);
        Assert.Equal(Taint.Speech | Taint.Model, proposal.Message.Taint);
    }

    private sealed class CountingBrake : ITimeBrake
    {
        private int _held;

        internal int Held => Volatile.Read(ref _held);

        public IDisposable Hold()
        {
            Interlocked.Increment(ref _held);
            return new Release(this);
        }

        private sealed class Release(CountingBrake brake) : IDisposable
        {
            public void Dispose() => Interlocked.Decrement(ref brake._held);
        }
    }
}

using EdgeMas.Core.Agents;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Events;
using EdgeMas.Core.Missions;

namespace EdgeMas.Reasoning.Coordination;

/// <summary>
/// The one place where a running mission changes: each change is stored, then published, then acted on. Steps that run side by side report here at once,
/// so every member may be called from any thread.
/// </summary>
internal sealed class MissionLedger(IMissionStore store, AgentContext context, int retained)
{
    private readonly Lock _lock = new();
    private readonly Queue<string> _published = new();
    private string? _correlation;

    /// <summary>The mission that runs or ran last; null before the first.</summary>
    internal Mission? Current { get; private set; }

    /// <param name="correlation">The order's message, so that its sender knows the mission by it.</param>
    internal Mission Open(Mission mission, string? correlation)
    {
        lock (_lock)
        {
            _correlation = correlation;
            return Write(mission);
        }
    }

    internal Mission Change(Func<Mission, Mission> change)
    {
        lock (_lock)
            return Write(change(Current!));
    }

    internal MissionStep ChangeStep(int index, Func<MissionStep, MissionStep> change)
    {
        lock (_lock)
        {
            var steps = Current!.Steps.ToArray();
            steps[index] = change(steps[index]);
            Write(Current with { Steps = steps });
            Tell(index, steps[index], steps[index].State == StepState.Completed ? 1 : 0);
            return steps[index];
        }
    }

    /// <summary>Progress is published and not stored.</summary>
    internal void Report(int index, double fraction)
    {
        lock (_lock)
        {
            var step = Current!.Steps[index];
            if (step.State == StepState.Running)
                Tell(index, step, Math.Clamp(fraction, 0, 1));
        }
    }

    private Mission Write(Mission mission)
    {
        store.Save(mission);
        if (Current?.Id != mission.Id)
            Retain(mission.Id);
        Current = mission;
        context.Publish(
            context.Topics.MissionState(mission.Id), MessageTypes.MissionChanged, mission, Qos.AtLeastOnce, retain: true, mission.Taint, _correlation);
        return mission;
    }

    private void Tell(int index, MissionStep step, double fraction) => context.Publish(
        context.Topics.MissionSteps(Current!.Id), MessageTypes.StepChanged, new StepChanged(Current.Id, index, step, fraction), Qos.AtLeastOnce,
        retain: false, Current.Taint, Current.Id);

    /// <summary>Old missions are in the store; on the bus only the newest stay retained.</summary>
    private void Retain(string mission)
    {
        _published.Enqueue(mission);
        if (_published.Count > retained)
            context.Publish(context.Topics.MissionState(_published.Dequeue()), MessageTypes.MissionChanged, null, Qos.AtLeastOnce, retain: true);
    }
}

using EdgeMas.Core.Bus;
using EdgeMas.Core.Events;
using EdgeMas.Core.Messages;
using EdgeMas.Core.Missions;

namespace EdgeMas.Host.Story;

/// <summary>
/// What a robot has told on its bus, as far as people want to see it: the one source of the terminal's view, the plain lines and the summary.
/// Written by one thread under <see cref="Gate"/>; readers hold it too.
/// </summary>
internal sealed class RobotStory
{
    private const int MaxLines = 300;
    private const int MaxTrack = 4000;
    private const int MaxMissions = 100;
    private const double TrackSpacing = 0.05;

    private readonly Queue<StoryLine> _lines = new();
    private readonly List<(double X, double Y)> _track = [];
    private readonly List<MissionStory> _missions = [];
    private readonly SortedDictionary<string, AgentReport> _agents = new(StringComparer.Ordinal);

    public Lock Gate { get; } = new();

    public IReadOnlyCollection<StoryLine> Lines => _lines;

    public IReadOnlyList<(double X, double Y)> Track => _track;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<MissionStory> Missions => _missions;

    public IReadOnlyDictionary<string, AgentReport> Agents => _agents;

    public MotionReport? Motion { get; private set; }

    /// <summary>Null for a robot without a satellite receiver.</summary>
    public GnssReport? Gnss { get; private set; }

    public SpeechHeard? Heard { get; private set; }

    public PlanProposal? Proposal { get; private set; }

    public HealthReport? Health { get; private set; }

    public int Tokens { get; private set; }

    /// <summary>The mission to show: the newest.</summary>
    public MissionStory? Current => _missions.Count == 0 ? null : _missions[^1];

    /// <returns>A line for people, or null where the message is only for machines.</returns>
    public StoryLine? Apply(in Delivery delivery)
    {
        var told = StoryTeller.Tell(delivery);
        switch (delivery.Message.Data)
        {
            case MotionReport motion: Follow(motion); break;
            case GnssReport gnss: Gnss = gnss; break;
            case SpeechHeard heard: Heard = heard; break;
            case Mission changed: Follow(changed); break;
            case StepChanged step when Find(step.Mission) is { } mission:
                if (step.Step.State == StepState.Running && !mission.HasBegun(step.Index))
                    told = StoryTeller.TellBeginning(step);
                mission.Apply(step);
                break;
            case PlanProposal proposal: Follow(proposal); break;
            case Critique critique when Find(critique.Mission) is { } judged: judged.Critique = critique; break;
            case AgentReport agent: _agents[agent.Agent] = agent; break;
            case HealthReport health: Health = health; break;
        }
        return told is { } text ? Note(delivery.Message.Time, text.Kind, text.Text) : null;
    }

    public StoryLine Note(DateTimeOffset time, StoryKind kind, string text)
    {
        var line = new StoryLine(time, kind, text);
        if (_lines.Count == MaxLines)
            _lines.Dequeue();
        _lines.Enqueue(line);
        return line;
    }

    public MissionStory? Find(string mission) => _missions.FindLast(story => story.Mission.Id == mission);

    private void Follow(MotionReport motion)
    {
        Motion = motion;
        var (x, y) = (motion.Pose.X, motion.Pose.Y);
        if (_track.Count > 0 && Math.Abs(_track[^1].X - x) < TrackSpacing && Math.Abs(_track[^1].Y - y) < TrackSpacing)
            return;
        if (_track.Count == MaxTrack)
            _track.RemoveRange(0, MaxTrack / 4);
        _track.Add((x, y));
    }

    private void Follow(Mission mission)
    {
        if (Find(mission.Id) is { } known)
        {
            known.Apply(mission);
            return;
        }
        if (_missions.Count == MaxMissions)
            _missions.RemoveAt(0);
        _missions.Add(new MissionStory(mission) { Heard = Heard is { } heard && mission.Taint.HasFlag(Taint.Speech) && heard.Text == mission.Order ? heard : null });
    }

    private void Follow(PlanProposal proposal)
    {
        Proposal = proposal;
        Tokens += proposal.Tokens;
        if (Find(proposal.Mission) is { } mission)
            mission.Proposal = proposal;
    }
}

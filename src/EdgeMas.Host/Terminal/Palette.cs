using EdgeMas.Core.Missions;
using EdgeMas.Host.Story;
using Spectre.Console;

namespace EdgeMas.Host.Terminal;

/// <summary>The view's few colours: one accent, greys, and the traffic-light three for states.</summary>
internal static class Palette
{
    public static readonly Color Accent = new(94, 194, 214);
    public static readonly Color Quiet = new(112, 118, 128);
    public static readonly Color Faint = new(68, 73, 82);
    public static readonly Color Good = new(126, 198, 124);
    public static readonly Color Warn = new(226, 183, 92);
    public static readonly Color Bad = new(226, 104, 98);
    public static readonly Color Plain = new(212, 216, 222);

    public static Color Of(StoryKind kind) => kind switch
    {
        StoryKind.Heard or StoryKind.Order => Accent,
        StoryKind.Done => Good,
        StoryKind.Warning => Warn,
        StoryKind.Failure => Bad,
        StoryKind.Note => Quiet,
        _ => Plain,
    };

    public static (string Mark, Color Color) Of(StepState state) => state switch
    {
        StepState.Running => ("▸", Accent),
        StepState.Completed => ("✓", Good),
        StepState.Failed => ("✗", Bad),
        StepState.Skipped => ("–", Quiet),
        StepState.Cancelled => ("○", Warn),
        _ => ("·", Quiet),
    };

    public static (string Mark, Color Color) Of(MissionStatus status) => status switch
    {
        MissionStatus.Completed => ("✓", Good),
        MissionStatus.Refused => ("–", Warn),
        MissionStatus.Cancelled => ("○", Warn),
        MissionStatus.Failed => ("✗", Bad),
        _ => ("▸", Accent),
    };

    /// <summary>A thing's own colour, a little calmer than in the world.</summary>
    public static Color OfThing(string name) => name switch
    {
        "red" => new Color(224, 82, 76),
        "green" => new Color(104, 186, 98),
        "blue" => new Color(92, 142, 232),
        "yellow" => new Color(234, 208, 88),
        "orange" => new Color(232, 150, 74),
        "purple" => new Color(170, 116, 214),
        "brown" => new Color(150, 110, 78),
        "black" or "grey" or "gray" => Quiet,
        _ => Plain,
    };
}

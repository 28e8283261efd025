using System.Globalization;
using EdgeMas.Host.Story;
using Spectre.Console;

namespace EdgeMas.Host.Terminal;

/// <summary>What can be counted and measured: the model, the traffic, the body and its limits.</summary>
internal sealed class NumbersPanel(RobotStory story, RunFigures figures, TrafficRates rates, EnvelopeFigures envelope, int columns, bool isCompact)
{
    public Paragraph Draw()
    {
        var text = new Paragraph { Overflow = Overflow.Crop };
        if (isCompact)
        {
            Row(text, "model", Model());
            Row(text, "bus", $"{Number(rates.Bus)}/s, broker {Number(rates.Broker)}/s");
            Row(text, "pose", Pose());
            return text;
        }
        Row(text, "model", Model());
        Row(text, "plan", story.Proposal is { } plan ? $"{Milliseconds(plan.Seconds)}, confidence {plan.Confidence.ToString("0.00", CultureInfo.InvariantCulture)}, prompt {plan.PromptTokens} tokens, {plan.ReusedTokens} reused" : "–");
        Row(text, "bus", $"{Number(figures.Bus.Published)} messages, {Number(rates.Bus)}/s{(figures.Bus.Dropped > 0 ? $", {Number(figures.Bus.Dropped)} dropped" : "")}");
        Row(text, "broker", $"{Number(figures.Link.Sent)} out, {Number(figures.Link.Received)} in, {Number(rates.Broker)}/s{(figures.Link.Waiting > 0 ? $", {Number(figures.Link.Waiting)} waiting" : "")}{(figures.Link.Dropped > 0 ? $", {Number(figures.Link.Dropped)} dropped" : "")}");
        Row(text, "pose", Pose());
        if (story.Gnss is { } gnss)
            Row(text, "gnss", GnssText.Of(gnss));
        Row(text, "speed", story.Motion is { } motion ? Text($"{motion.Speed:0.00} of {envelope.MaxSpeed:0.0} m/s, {Aside(motion.SideSpeed)}{motion.TurnRate * 180 / Math.PI:0} °/s{(motion.Limited is { } limit ? $", limited by {limit}" : "")}") : "–");
        Row(text, "ahead", story.Motion is { } body ? Text($"{(body.Range is { } range ? $"{range:0.00} m, stops at {envelope.StopDistance:0.00} m" : "free")}   battery {body.Battery:0%}") : "–");
        return text;
    }

    /// <summary>Of what can go sideways.</summary>
    private static string Aside(double? speed) => speed is { } aside ? Text($"{Math.Abs(aside):0.00} m/s {(aside < 0 ? "right" : "left")}, ") : "";

    private string Model()
    {
        if (story.Proposal is not { } plan)
            return "–";
        return $"{Number(plan.TokensPerSecond)} tokens/s, {Number(figures.Engine.GeneratedTokens)} tokens in {Number(figures.Engine.Requests)} requests";
    }

    private string Pose() => story.Motion is { } motion ? Text($"x {motion.Pose.X:0.00}  y {motion.Pose.Y:0.00}  heading {motion.Pose.Heading * 180 / Math.PI:0}°") : "–";

    private void Row(Paragraph text, string name, string value)
    {
        text.Append(name.PadRight(8), new Style(Palette.Quiet));
        text.Append(Dashboard.Shorten(value, columns - 8), new Style(Palette.Plain));
        text.Append("\n");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Number(double number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Milliseconds(double seconds) => $"{(seconds * 1000).ToString("N0", CultureInfo.InvariantCulture)} ms";
}

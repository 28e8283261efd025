using System.Globalization;
using EdgeMas.Host.Story;
using Spectre.Console;

namespace EdgeMas.Host.Terminal;

/// <summary>What can be counted and measured: the model, the traffic, the body and its limits.</summary>
internal sealed class NumbersPanel(RobotStory story, RunFigures figures, TrafficRates rates, EnvelopeFigures envelope, bool isCompact)
{
    public Grid Draw()
    {
        var grid = new Grid().AddColumn(new GridColumn().PadLeft(0).PadRight(2).NoWrap()).AddColumn(new GridColumn().PadLeft(0).PadRight(0).NoWrap());
        if (isCompact)
        {
            Row(grid, "model", Model());
            Row(grid, "bus", $"{Number(rates.Bus)}/s, broker {Number(rates.Broker)}/s");
            Row(grid, "pose", Pose());
            return grid;
        }
        Row(grid, "model", Model());
        Row(grid, "plan", story.Proposal is { } plan ? $"{Milliseconds(plan.Seconds)}, confidence {plan.Confidence.ToString("0.00", CultureInfo.InvariantCulture)}, {plan.ReusedTokens} of {plan.PromptTokens} prompt tokens reused" : "–");
        Row(grid, "bus", $"{Number(figures.Bus.Published)} messages, {Number(rates.Bus)}/s{(figures.Bus.Dropped > 0 ? $", {Number(figures.Bus.Dropped)} dropped" : "")}");
        Row(grid, "broker", $"{Number(figures.Link.Sent)} out, {Number(figures.Link.Received)} in, {Number(rates.Broker)}/s{(figures.Link.Waiting > 0 ? $", {Number(figures.Link.Waiting)} waiting" : "")}{(figures.Link.Dropped > 0 ? $", {Number(figures.Link.Dropped)} dropped" : "")}");
        Row(grid, "pose", Pose());
        Row(grid, "speed", story.Motion is { } motion ? Text($"{motion.Speed:0.00} of {envelope.MaxSpeed:0.0} m/s, {motion.TurnRate * 180 / Math.PI:0} °/s{(motion.Limited is { } limit ? $", limited by {limit}" : "")}") : "–");
        Row(grid, "ahead", story.Motion is { } body ? Text($"{(body.Range is { } range ? $"{range:0.00} m, stops at {envelope.StopDistance:0.00} m" : "free")}   battery {body.Battery:0%}") : "–");
        return grid;
    }

    private string Model()
    {
        if (story.Proposal is not { } plan)
            return "–";
        return $"{Number(plan.TokensPerSecond)} tokens/s, {Number(figures.Engine.GeneratedTokens)} tokens in {Number(figures.Engine.Requests)} requests";
    }

    private string Pose() => story.Motion is { } motion ? Text($"x {motion.Pose.X:0.00}  y {motion.Pose.Y:0.00}  heading {motion.Pose.Heading * 180 / Math.PI:0}°") : "–";

    private static void Row(Grid grid, string name, string value) =>
        grid.AddRow(new Text(name, new Style(Palette.Quiet)), new Text(value, new Style(Palette.Plain)) { Overflow = Overflow.Ellipsis });

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Number(double number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Milliseconds(double seconds) => $"{(seconds * 1000).ToString("N0", CultureInfo.InvariantCulture)} ms";
}

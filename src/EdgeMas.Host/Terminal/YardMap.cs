using EdgeMas.Core.Motion;
using EdgeMas.Host.Story;
using EdgeMas.Simulation.Description;
using Spectre.Console;

namespace EdgeMas.Host.Terminal;

/// <summary>The yard from above with the robot's track, as large as the space allows.</summary>
internal sealed class YardMap(WorldDescription world)
{
    private const string Arrows = "→↗↑↖←↙↓↘";

    private double _scale;
    private double _left;
    private double _top;

    public Paragraph Draw(RobotStory story, int columns, int rows)
    {
        var canvas = new BrailleCanvas(Math.Max(columns, 4), Math.Max(rows, 2));
        Fit(canvas);
        DrawFence(canvas);
        canvas.Line(X(0), Y(0), X(world.WidthM), Y(0), Palette.Quiet);
        canvas.Line(X(0), Y(world.DepthM), X(world.WidthM), Y(world.DepthM), Palette.Quiet);
        canvas.Line(X(0), Y(0), X(0), Y(world.DepthM), Palette.Quiet);
        canvas.Line(X(world.WidthM), Y(0), X(world.WidthM), Y(world.DepthM), Palette.Quiet);
        foreach (var wall in world.Walls)
            canvas.Line(X(wall.From.X), Y(wall.From.Y), X(wall.To.X), Y(wall.To.Y), Palette.Quiet);
        DrawTrack(canvas, story.Track);
        foreach (var box in world.Boxes)
            DrawBox(canvas, box);
        foreach (var obstacle in world.Obstacles)
            canvas.Disc(X(obstacle.At.X), Y(obstacle.At.Y), Math.Max(1, obstacle.RadiusM * _scale), Palette.OfThing(obstacle.Color));
        foreach (var ball in world.Balls)
            canvas.Disc(X(ball.At.X), Y(ball.At.Y), Math.Max(1.4, ball.RadiusM * _scale), Palette.OfThing(ball.Color));
        if (story.Motion is { } before)
            DrawRobot(canvas, before.Pose, before.EStop); // so that names keep clear of it
        DrawNames(canvas);
        if (story.Motion is { } motion)
            DrawRobot(canvas, motion.Pose, motion.EStop);
        return canvas.ToParagraph();
    }

    private void Fit(BrailleCanvas canvas)
    {
        _scale = Math.Min((canvas.DotsAcross - 1) / world.WidthM, (canvas.DotsDown - 1) / world.DepthM);
        _left = (canvas.DotsAcross - 1 - (world.WidthM * _scale)) / 2;
        _top = (canvas.DotsDown - 1 - (world.DepthM * _scale)) / 2;
    }

    private double X(double metres) => _left + (metres * _scale);

    private double Y(double metres) => _top + ((world.DepthM - metres) * _scale);

    private void DrawFence(BrailleCanvas canvas)
    {
        for (var i = 0; i < world.Geofence.Count; i++)
        {
            var (a, b) = (world.Geofence[i], world.Geofence[(i + 1) % world.Geofence.Count]);
            canvas.Line(X(a.X), Y(a.Y), X(b.X), Y(b.Y), Palette.Faint, every: 3);
        }
    }

    private void DrawTrack(BrailleCanvas canvas, IReadOnlyList<(double X, double Y)> track)
    {
        for (var i = 1; i < track.Count; i++)
            canvas.Line(X(track[i - 1].X), Y(track[i - 1].Y), X(track[i].X), Y(track[i].Y), Palette.Accent);
    }

    private void DrawBox(BrailleCanvas canvas, BoxDescription box)
    {
        var (sin, cos) = Math.SinCos(box.HeadingDeg * Math.PI / 180);
        var color = Palette.OfThing(box.Color);
        for (var v = -box.DepthM / 2; v <= box.DepthM / 2; v += 0.5 / _scale)
        {
            for (var u = -box.WidthM / 2; u <= box.WidthM / 2; u += 0.5 / _scale)
                canvas.Dot((int)Math.Round(X(box.At.X + (u * cos) - (v * sin))), (int)Math.Round(Y(box.At.Y + (u * sin) + (v * cos))), color);
        }
    }

    private void DrawNames(BrailleCanvas canvas)
    {
        canvas.Write(X(world.Dock.At.X), Y(world.Dock.At.Y), "⌂", Palette.Quiet);
        Name(canvas, world.Dock.At, "dock", Palette.Quiet);
        foreach (var place in world.Places)
        {
            canvas.Write(X(place.At.X), Y(place.At.Y), "◇", Palette.Quiet);
            Name(canvas, place.At, place.Name, Palette.Quiet);
        }
        foreach (var tag in world.Tags)
        {
            var (text, x, y) = ($"▣{tag.Id}", Math.Min(X(tag.At.X), (canvas.Columns - 3) * 2), Math.Clamp(Y(tag.At.Y), 0, canvas.DotsDown - 1));
            canvas.Write(x, y, text, Palette.Plain);
        }
    }

    /// <summary>Beside, below or above its place, where nothing is written over.</summary>
    private void Name(BrailleCanvas canvas, PointM at, string name, Color color)
    {
        (double Dx, double Dy)[] offers = [(4, 0), (-name.Length, 4), (-name.Length, -4), (-2 * (name.Length + 1), 0)];
        foreach (var (dx, dy) in offers)
        {
            if (!canvas.IsFree(X(at.X) + dx, Y(at.Y) + dy, name.Length))
                continue;
            canvas.Write(X(at.X) + dx, Y(at.Y) + dy, name, color);
            return;
        }
    }

    private void DrawRobot(BrailleCanvas canvas, Pose2D pose, bool stopped)
    {
        var eighth = (int)Math.Round(pose.Heading / (Math.PI / 4));
        canvas.Write(X(pose.X), Y(pose.Y), Arrows[((eighth % 8) + 8) % 8].ToString(), stopped ? Palette.Bad : Color.White);
    }
}

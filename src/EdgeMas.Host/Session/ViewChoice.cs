using EdgeMas.Host.Configuration;
using EdgeMas.Host.Robot;
using EdgeMas.Host.Story;
using EdgeMas.Host.Terminal;

namespace EdgeMas.Host.Session;

/// <summary>Picks how a run shows itself: JSON when asked for, the live screen in a terminal, plain lines elsewhere.</summary>
internal static class ViewChoice
{
    public static IRunView Choose(RunSettings settings, RobotConfiguration configuration, RobotStory story, Func<RobotHost?> host)
    {
        if (settings.Json)
            return new JsonView(Console.OpenStandardOutput());
        var isDumb = Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb";
        if (settings.Headless || isDumb || Console.IsOutputRedirected || Console.IsInputRedirected)
            return new LineView(Console.Out);
        var envelope = new EnvelopeFigures(configuration.Envelope.MaxSpeed, configuration.Envelope.StopDistance);
        return new LiveView(story, configuration.World, envelope, host);
    }
}

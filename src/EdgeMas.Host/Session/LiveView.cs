using EdgeMas.Core.Bus;
using EdgeMas.Host.Robot;
using EdgeMas.Host.Story;
using EdgeMas.Host.Terminal;
using EdgeMas.Simulation.Description;

namespace EdgeMas.Host.Session;

/// <summary>The live screen: draws a few times a second from the story, and reads keys. Ctrl-E stops the robot before anything else is looked at.</summary>
internal sealed class LiveView : IRunView
{
    private const string Hint = "type an order   Ctrl-E stop   /help   Ctrl-C quit";
    private const char ControlE = '\x05';
    private static readonly TimeSpan FrameTime = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan KeyTime = TimeSpan.FromMilliseconds(20);

    private readonly RobotStory _story;
    private readonly Func<RobotHost?> _host;
    private readonly Dashboard _dashboard;
    private readonly PromptLine _prompt = new();
    private readonly Screen _screen;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _drawing;
    private readonly long _began = TimeProvider.System.GetTimestamp();

    public LiveView(RobotStory story, WorldDescription world, EnvelopeFigures envelope, Func<RobotHost?> host)
    {
        _story = story;
        _host = host;
        _dashboard = new Dashboard(world, envelope);
        _screen = new Screen(Console.Out);
        _drawing = DrawAsync();
    }

    public void Show(in Delivery delivery, StoryLine? line)
    {
        // the story is drawn as a whole
    }

    public void Note(StoryLine line)
    {
        // likewise
    }

    public async Task ReadAsync(Action<string> typed, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(KeyTime, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            while (Console.KeyAvailable)
            {
                var key = Console.ReadKey(intercept: true);
                if (key.KeyChar == ControlE)
                    typed("/stop");
                else if (_prompt.Take(key) is { } line)
                    typed(line);
            }
        }
    }

    public void End(RunSummary summary)
    {
        Close();
        RunReport.Write(Console.Out, summary, colored: true);
    }

    public void Dispose() => Close();

    private void Close()
    {
        if (_ending.IsCancellationRequested)
            return;
        _ending.Cancel();
        _drawing.GetAwaiter().GetResult();
        _screen.Dispose();
    }

    private async Task DrawAsync()
    {
        using var timer = new PeriodicTimer(FrameTime, TimeProvider.System);
        var size = Screen.Size;
        try
        {
            while (await timer.WaitForNextTickAsync(_ending.Token))
            {
                if (_host() is not { } host)
                    continue;
                if (Screen.Size != size)
                    _screen.Forget();
                size = Screen.Size;
                var view = _dashboard.Compose(_story, host.Figures(), _prompt.Text, Hint, size.Columns, size.Rows, TimeProvider.System.GetElapsedTime(_began));
                _screen.Show(view, size.Columns, size.Rows);
            }
        }
        catch (OperationCanceledException)
        {
            // the run is over
        }
    }
}

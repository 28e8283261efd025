using System.Device.I2c;
using EdgeMas.Core.Motion;
using EdgeMas.Devices.Gpio;
using EdgeMas.Devices.Stopping;

namespace EdgeMas.Devices.Quadrotor;

/// <summary>
/// Four speed controllers on a PCA9685, given their pulses by a thread of its own. Off, they get the pulse of standing still, which keeps them armed; a cut ends all pulses at the chip's OE at once, until they have that pulse.
/// </summary>
/// <remarks>Setpoints and cuts from any thread; neither waits for the bus. A chip that fails is looked for again, with OE high meanwhile.</remarks>
internal sealed class RotorDrive : IDisposable
{
    /// <summary>Of transfers in a row: motors make noise on the bus.</summary>
    private const int ForgivenFailures = 2;

    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(300);

    /// <summary>Between two looks at what the chip has.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(40);

    /// <summary>A gap between pulses that no controller minds.</summary>
    private static readonly TimeSpan ForgivenGap = TimeSpan.FromMilliseconds(100);

    private readonly QuadrotorWiring _wiring;
    private readonly StopButton _stop;
    private readonly TimeProvider _time;
    private readonly Func<I2cDevice> _open;
    private readonly Func<IOutputLines> _openEnable;
    private readonly LatestValue<RotorSpeeds> _setpoint = new();
    private readonly Lock _outputs = new();
    private readonly AutoResetEvent _work = new(false);
    private readonly Thread _thread;
    private IOutputLines? _enable;
    private RotorPulses? _pulses;
    private volatile bool _isSpinning, _isEnabled, _isArmed, _isEnding;
    private volatile string? _trouble = "has not been read yet";
    private long _commanded, _taken, _looked, _standing, _gap;
    private int _failures;

    /// <param name="open">The chip; looks for it anew each time, with an <see cref="IOException"/> where it is missing.</param>
    /// <param name="openEnable">The line of the chip's OE, high.</param>
    internal RotorDrive(QuadrotorWiring wiring, StopButton stop, TimeProvider time, Func<I2cDevice> open, Func<IOutputLines> openEnable)
    {
        (_wiring, _stop, _time, _open, _openEnable) = (wiring, stop, time, open, openEnable);
        _thread = new Thread(Run) { IsBackground = true, Name = "rotors" };
    }

    /// <summary>A setpoint was taken since the last cut.</summary>
    internal bool IsSpinning => _isSpinning;

    /// <summary>Setpoints are taken.</summary>
    internal bool IsReady => _isArmed && _isEnabled && !_stop.IsHeld;

    /// <summary>Null where setpoints are taken.</summary>
    internal string? Trouble => _trouble ?? (IsReady ? null : _stop.IsHeld ? "the stop button is held" : "they were cut, and are told to stand still");

    internal void Start() => _thread.Start();

    internal bool TrySpin(in RotorSpeeds speeds)
    {
        if (!double.IsFinite(speeds.FrontLeft + speeds.FrontRight + speeds.BackLeft + speeds.BackRight))
            return false;
        lock (_outputs)
        {
            if (!IsReady)
                return false;
            _setpoint.Write(speeds);
            Volatile.Write(ref _commanded, _time.GetTimestamp());
            _isSpinning = true;
        }
        _work.Set();
        return true;
    }

    internal void Cut()
    {
        if (_isSpinning || (_isEnabled && _stop.IsHeld))
            CutNow();
    }

    /// <summary>Cuts where setpoints have stopped coming. Any thread.</summary>
    internal void LookAfter()
    {
        if (_isSpinning && _time.GetElapsedTime(Volatile.Read(ref _commanded)) > _wiring.CommandTimeout)
            CutNow();
    }

    public void Dispose()
    {
        _isEnding = true;
        CutNow();
        if (_thread.ThreadState != ThreadState.Unstarted)
            _thread.Join();
        Lose(null);
        _enable?.Dispose();
        _work.Dispose();
    }

    private void CutNow()
    {
        lock (_outputs)
        {
            _isSpinning = false;
            Disable();
        }
        _work.Set();
    }

    /// <summary>Ends all pulses, whatever the bus does. Under the lock of the outputs.</summary>
    private void Disable()
    {
        if (_isEnabled)
            _gap = _time.GetTimestamp();
        _isEnabled = false;
        try
        {
            _enable?.Write(1, 1);
        }
        catch (IOException error)
        {
            Tell(error.Message); // the thread gives the pulses of standing still all the same
        }
    }

    private void Run()
    {
        while (!_isEnding)
        {
            Step();
            _work.WaitOne(_pulses is null ? RetryPause : Look);
        }
    }

    private void Step()
    {
        try
        {
            if (_pulses is null)
                Open();
            Drive(_pulses!);
            _failures = 0;
        }
        catch (IOException) when (_pulses is not null && _failures < ForgivenFailures)
        {
            _failures++;
            _work.Set(); // at once
        }
        catch (IOException error)
        {
            Lose(error);
        }
    }

    private void Open()
    {
        if (_enable is null)
        {
            var enable = _openEnable();
            lock (_outputs)
                _enable = enable;
        }
        _pulses = new RotorPulses(_wiring, _open());
        _failures = ForgivenFailures; // a chip that fails at once is none
    }

    private void Drive(RotorPulses pulses)
    {
        if (_isSpinning)
        {
            if (_setpoint.TryRead(out var speeds, out var version) && version != _taken)
            {
                pulses.Give(speeds);
                _taken = version;
            }
        }
        else if (!pulses.AreStanding)
        {
            pulses.Stand();
            Believe(pulses);
            Arm();
        }
        else
        {
            Arm();
        }
        var now = _time.GetTimestamp();
        if (_time.GetElapsedTime(_looked, now) < Look)
            return;
        Believe(pulses);
        _looked = now;
    }

    /// <summary>Looks at the chip, twice where it seems wrong: a bit may be lost on the bus.</summary>
    private void Believe(RotorPulses pulses)
    {
        if (pulses.IsAsGiven() || pulses.IsAsGiven())
        {
            pulses.LookElsewhere();
            return;
        }
        _failures = ForgivenFailures;
        throw pulses.Disbelief();
    }

    /// <summary>The chip has the pulses of standing still: they may come out, and arm the controllers.</summary>
    private void Arm()
    {
        lock (_outputs)
        {
            if (_isSpinning || _stop.IsHeld || _isEnding)
                return;
            var now = _time.GetTimestamp();
            if (!_isEnabled)
            {
                if (!_isArmed || _time.GetElapsedTime(_gap, now) > ForgivenGap)
                    (_isArmed, _standing) = (false, now);
                _enable!.Write(0, 1);
                _isEnabled = true;
            }
            if (!_isArmed && _time.GetElapsedTime(_standing, now) < _wiring.Rotors.ArmingTime)
            {
                Tell("they are being armed, and turn nothing yet");
                return;
            }
            _isArmed = true;
            if (_trouble is not null)
                _trouble = null;
        }
    }

    private void Lose(IOException? error)
    {
        lock (_outputs)
        {
            _isSpinning = false;
            _isArmed = false;
            Disable();
        }
        if (error is not null)
            Tell(error.Message);
        _pulses?.Dispose();
        _pulses = null;
    }

    private void Tell(string trouble)
    {
        if (_trouble != trouble)
            _trouble = trouble;
    }
}

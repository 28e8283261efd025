using System.Diagnostics;
using System.Text;
using EdgeMas.Simulation.Native;

namespace EdgeMas.Simulation.Board;

/// <summary>The other end of the simulated board's serial port: what is written here comes out of the port that the board's programs open. Needs root. One thread at a time.</summary>
public sealed class SerialCable : IDisposable
{
    /// <summary>The cable takes some ten thousand bytes that nobody reads.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly string _near;
    private readonly FileStream _far;

    private SerialCable(string near, FileStream far)
    {
        _near = near;
        _far = far;
    }

    /// <summary>Nothing arrives any more: a wire is broken.</summary>
    public bool IsCut { get; set; }

    /// <summary>Bit of each byte that a bad wire turns over; 0 for none.</summary>
    public byte Flip { get; set; }

    /// <param name="near">The port that the board's programs open.</param>
    /// <param name="far">The port at the cable's other end.</param>
    /// <exception cref="IOException">The board has no such port, or the base system no <c>stty</c>.</exception>
    public static SerialCable Open(string near, string far)
    {
        // Sharing, because the base library would lock the port otherwise; unbuffered, because what is written is on the wire.
        var stream = new FileStream(far, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        try
        {
            MakeRaw(far);
            return new SerialCable(near, stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <exception cref="TimeoutException">The board reads nothing, and the cable is full.</exception>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        if (IsCut)
            return;
        var sent = bytes.ToArray();
        foreach (ref var value in sent.AsSpan())
            value ^= Flip;
        _far.WriteAsync(sent).AsTask().WaitAsync(Patience, TimeProvider.System).GetAwaiter().GetResult();
    }

    /// <param name="text">ASCII.</param>
    public void Send(string text) => Send(Encoding.ASCII.GetBytes(text));

    /// <summary>Waits for as many bytes of the board.</summary>
    public async Task<string> ReceiveAsync(int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        await _far.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
        return Encoding.Latin1.GetString(bytes);
    }

    /// <summary>As when the board's adapter is pulled out and put in again.</summary>
    public void Replug() => TerminalLine.HangUp(_near);

    public void Dispose() => _far.Dispose();

    /// <summary>A terminal sends back what it receives, and changes ends of lines, until it is told otherwise; the kernel keeps this for as long as the port is open.</summary>
    private static void MakeRaw(string path)
    {
        using var program = Process.Start(new ProcessStartInfo("stty", ["-F", path, "raw", "-echo"]) { UseShellExecute = false, RedirectStandardError = true })
            ?? throw new IOException("'stty' did not start: install coreutils");
        var error = program.StandardError.ReadToEnd();
        program.WaitForExit();
        if (program.ExitCode != 0)
            throw new IOException($"stty -F {path}: {error.Trim()}");
    }
}

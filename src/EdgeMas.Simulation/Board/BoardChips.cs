using System.Buffers.Binary;
using System.Collections.Concurrent;

namespace EdgeMas.Simulation.Board;

/// <summary>
/// Plays the chips and the outputs of a simulated board: the far end of its I2C and SPI buses and of its PWM outputs, which the kernel module boardsim hands out
/// at <c>/dev/boardsim</c>. A thread of its own answers; chips may be plugged, unplugged and broken from any thread meanwhile.
/// </summary>
/// <remarks>The frames are described in <c>hardware/simboard/boardsim.c</c>.</remarks>
public sealed class BoardChips : IDisposable
{
    private const int MaxFrame = 32 * 1024;
    private const int RequestHeader = 12;
    private const int ReplyHeader = 12;
    private const int NoSuchChip = -6; // ENXIO
    private const byte BusI2c = 1;
    private const byte BusSpi = 2;
    private const byte BusPwm = 3;

    private readonly FileStream _device;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<int, PluggedChip> _i2c = new();
    private readonly ConcurrentDictionary<int, ISpiTarget> _spi = new();
    private readonly PwmTrace _pwm = new();

    private BoardChips(FileStream device, TimeProvider time)
    {
        _device = device;
        _time = time;
        new Thread(Run) { IsBackground = true, Name = "board chips" }.Start();
    }

    /// <summary>What the PWM outputs were told, in order.</summary>
    public PwmTrace Pwm => _pwm;

    /// <exception cref="IOException">The module is not loaded, or another program plays the chips already.</exception>
    public static BoardChips Open(TimeProvider time, string path = "/dev/boardsim") =>
        new(new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0), time);

    public void Plug(int address, II2cTarget chip) => _i2c[address] = new PluggedChip(chip, _time);

    public void Unplug(int address) => _i2c.TryRemove(address, out _);

    public void PlugSpi(int chipSelect, ISpiTarget chip) => _spi[chipSelect] = chip;

    /// <summary>Breaks a plugged chip, or mends it.</summary>
    public void Break(int address, BusFault fault) => At(address).Fault = fault;

    /// <summary>A plugged chip's supply dips: it forgets its registers at once, and acknowledges nothing before the supply is back.</summary>
    /// <param name="duration">Zero for a dip that nobody sees but in what was forgotten.</param>
    /// <exception cref="ArgumentException">No chip is plugged there, or one without registers to forget.</exception>
    public void BrownOut(int address, TimeSpan duration) => At(address).BrownOut(duration);

    public void Dispose() => _device.Dispose();

    private PluggedChip At(int address) => _i2c.TryGetValue(address, out var chip) ? chip : throw new ArgumentException($"no chip is plugged at 0x{address:x2}", nameof(address));

    private void Run()
    {
        var request = new byte[MaxFrame];
        var reply = new byte[MaxFrame];
        while (true)
        {
            int length;
            try
            {
                length = _device.Read(request);
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            var bytes = Answer(request.AsSpan(0, length), reply);
            if (bytes > 0)
                Send(reply.AsSpan(0, bytes));
        }
    }

    private void Send(ReadOnlySpan<byte> reply)
    {
        try
        {
            _device.Write(reply);
        }
        catch (FileNotFoundException)
        {
            // ENOENT: the kernel waits for this answer no longer. It has told the driver ETIMEDOUT, as a slow chip gets it.
            LateAnswers++;
        }
    }

    /// <summary>Answers that came after the kernel's timeout.</summary>
    public int LateAnswers { get; private set; }

    /// <returns>Length of the reply; 0 where there is none.</returns>
    private int Answer(ReadOnlySpan<byte> request, Span<byte> reply)
    {
        var bus = request[4];
        var count = BinaryPrimitives.ReadUInt16LittleEndian(request[6..]);
        var payload = request[RequestHeader..];
        var answer = reply[ReplyHeader..];
        int bytes, status = 0;
        switch (bus)
        {
            case BusI2c:
                (status, bytes) = I2c(payload, count, answer);
                break;
            case BusSpi:
                (status, bytes) = Spi(payload, answer);
                break;
            case BusPwm:
                Note(payload);
                return 0;
            default:
                throw new InvalidDataException($"/dev/boardsim speaks of a bus {bus}: the kernel module is newer than this program");
        }
        if (status == PluggedChip.NoAnswer)
            return 0;
        request[..4].CopyTo(reply);
        BinaryPrimitives.WriteInt32LittleEndian(reply[4..], status);
        BinaryPrimitives.WriteInt32LittleEndian(reply[8..], status == 0 ? bytes : 0);
        return ReplyHeader + (status == 0 ? bytes : 0);
    }

    private (int Status, int Bytes) I2c(ReadOnlySpan<byte> payload, int count, Span<byte> answer)
    {
        var written = payload[(count * 8)..];
        var read = 0;
        for (var i = 0; i < count; i++)
        {
            var part = payload[(i * 8)..];
            var address = BinaryPrimitives.ReadUInt16LittleEndian(part);
            var reads = (BinaryPrimitives.ReadUInt16LittleEndian(part[2..]) & 1) != 0;
            var length = BinaryPrimitives.ReadUInt16LittleEndian(part[4..]);
            if (!_i2c.TryGetValue(address, out var chip))
                return (NoSuchChip, 0);
            var status = reads ? chip.Read(answer.Slice(read, length)) : chip.Write(written[..length]);
            if (status != 0)
                return (status, 0);
            if (reads)
                read += length;
            else
                written = written[length..];
        }
        return (0, read);
    }

    private (int Status, int Bytes) Spi(ReadOnlySpan<byte> payload, Span<byte> answer)
    {
        if (!_spi.TryGetValue(BinaryPrimitives.ReadUInt16LittleEndian(payload), out var chip))
        {
            answer[..(payload.Length - 8)].Fill(0xFF); // nobody drives MISO, the pull-up does
            return (0, payload.Length - 8);
        }
        chip.Transfer(payload[8..], answer[..(payload.Length - 8)]);
        return (0, payload.Length - 8);
    }

    private void Note(ReadOnlySpan<byte> payload) => _pwm.Add(
        BinaryPrimitives.ReadInt32LittleEndian(payload),
        new PwmState(
            _time.GetTimestamp(),
            BinaryPrimitives.ReadInt32LittleEndian(payload[4..]) != 0,
            BinaryPrimitives.ReadInt64LittleEndian(payload[8..]),
            BinaryPrimitives.ReadInt64LittleEndian(payload[16..]),
            BinaryPrimitives.ReadInt32LittleEndian(payload[24..]) != 0));
}

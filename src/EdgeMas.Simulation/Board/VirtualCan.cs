using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace EdgeMas.Simulation.Board;

/// <summary>A CAN bus without wires, and another station on it: the kernel's vcan, and a socket of the base library that writes and reads the frames' sixteen bytes. Needs root.</summary>
/// <remarks>Source: Linux, <c>Documentation/networking/can.rst</c>.</remarks>
public sealed class VirtualCan : IDisposable
{
    private const int FrameBytes = 16;
    private readonly Socket _station;

    private VirtualCan(string name, Socket station)
    {
        Name = name;
        _station = station;
    }

    public string Name { get; }

    /// <exception cref="IOException">No <c>ip</c>, not root, or a kernel without vcan.</exception>
    public static VirtualCan Create(string name)
    {
        Ip("link", "add", "dev", name, "type", "vcan");
        Ip("link", "set", "up", name);
        var station = new Socket(AddressFamily.ControllerAreaNetwork, SocketType.Raw, ProtocolType.Raw);
        station.Bind(new CanEndPoint(int.Parse(File.ReadAllText($"/sys/class/net/{name}/ifindex"), System.Globalization.CultureInfo.InvariantCulture)));
        return new VirtualCan(name, station);
    }

    /// <param name="id">With the kernel's flags: 0x80000000 for 29 bits, 0x40000000 for a request.</param>
    public void Send(uint id, params ReadOnlySpan<byte> data)
    {
        Span<byte> frame = stackalloc byte[FrameBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(frame, id);
        frame[4] = (byte)data.Length;
        data.CopyTo(frame[8..]);
        _station.Send(frame);
    }

    /// <returns>Identifier with flags, and the data, in hexadecimal: <c>123#DEADBEEF</c>; null when the time passed without a frame.</returns>
    public string? Receive(TimeSpan timeout)
    {
        if (!_station.Poll(timeout, SelectMode.SelectRead))
            return null;
        Span<byte> frame = stackalloc byte[FrameBytes];
        _station.Receive(frame);
        return $"{BinaryPrimitives.ReadUInt32LittleEndian(frame):X}#{Convert.ToHexString(frame.Slice(8, frame[4]))}";
    }

    /// <summary>Takes the interface down or up, as when a cable's adapter loses its power.</summary>
    public void Switch(bool on) => Ip("link", "set", on ? "up" : "down", Name);

    public void Dispose()
    {
        _station.Dispose();
        Ip("link", "del", Name);
    }

    private static void Ip(params ReadOnlySpan<string> arguments)
    {
        using var program = Process.Start(new ProcessStartInfo("ip", arguments.ToArray()) { UseShellExecute = false, RedirectStandardError = true })
            ?? throw new IOException("'ip' did not start: install iproute2");
        var error = program.StandardError.ReadToEnd();
        program.WaitForExit();
        if (program.ExitCode != 0)
            throw new IOException($"ip {string.Join(' ', arguments.ToArray())}: {error.Trim()}");
    }

    private sealed class CanEndPoint(int index) : EndPoint
    {
        public override AddressFamily AddressFamily => AddressFamily.ControllerAreaNetwork;

        public override SocketAddress Serialize()
        {
            var address = new SocketAddress(AddressFamily, 24);
            Span<byte> number = stackalloc byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(number, index);
            for (var i = 0; i < number.Length; i++)
                address[4 + i] = number[i];
            return address;
        }
    }
}

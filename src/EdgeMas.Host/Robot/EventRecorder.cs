using System.Buffers;
using System.Text;
using System.Text.Json;
using EdgeMas.Core;
using EdgeMas.Core.Bus;
using EdgeMas.Core.Messages;

namespace EdgeMas.Host.Robot;

/// <summary>Writes every message of the bus to a file, one JSON line each, up to a size; a last line says so when the size is reached. One thread.</summary>
internal sealed class EventRecorder : IDisposable
{
    private readonly FileStream _stream;
    private readonly long _maxBytes;
    private bool _isFull;

    public EventRecorder(string path, long maxBytes)
    {
        _stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 1 << 16);
        _maxBytes = maxBytes;
    }

    public void Write(in Delivery delivery)
    {
        if (_isFull)
            return;
        _stream.Write(Line(delivery).Span);
        if (_stream.Length < _maxBytes)
            return;
        _isFull = true;
        _stream.Write("{\"truncated\":true}\n"u8);
        _stream.Flush();
    }

    /// <summary>What was written so far can be read by others.</summary>
    public void Flush() => _stream.Flush();

    public void Dispose() => _stream.Dispose();

    /// <summary><c>{"topic":…,"event":{a CloudEvent}}</c> and a line feed.</summary>
    internal static ReadOnlyMemory<byte> Line(in Delivery delivery)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, EdgeMasJson.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("topic"u8, delivery.Topic);
            if (delivery.FromBroker)
                writer.WriteBoolean("from_broker"u8, true);
            writer.WritePropertyName("event"u8);
            writer.WriteRawValue(Encode(delivery.Message), skipInputValidation: true);
            writer.WriteEndObject();
        }
        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }

    private static byte[] Encode(Message message)
    {
        try
        {
            return CloudEventJson.Encode(message);
        }
        catch (Exception error) when (error is NotSupportedException or JsonException or ArgumentException)
        {
            // a body that only lives in this process: its type is told, its content is not
            return Encoding.UTF8.GetBytes($"{{\"type\":{JsonSerializer.Serialize(message.Type, EdgeMasJson.Default.String)},\"unwritable\":true}}");
        }
    }
}

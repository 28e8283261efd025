namespace EdgeMas.Mqtt.Mosquitto;

/// <summary>The mosquitto program is not installed, or not where it was configured to be.</summary>
public sealed class MosquittoMissingException(string program, Exception? inner = null)
    : FileNotFoundException($"the program '{program}' was not found: 'apt-get install mosquitto', give its path, or configure 'broker: embedded'", program, inner)
{
    public string Program { get; } = program;
}

using System.Text;
using System.Text.Json.Nodes;
using EdgeMas.Control.Envelope;
using EdgeMas.Control.Flight;
using EdgeMas.Control.Process;

namespace EdgeMas.Control.Tests.Process;

/// <summary>A file of settings that lies: what it leaves out is not guessed, for generated code would make it zero.</summary>
public sealed class CoreSettingsTests
{
    private static CoreSettings Flying => new() { RateHz = 250, Quadrotor = new QuadrotorSettings(new FlightLimits { Vehicle = new() { HostPatience = TimeSpan.FromMilliseconds(200) } }, new FlightOptions()) };

    [Fact]
    public void What_was_written_is_read() => Assert.Equal(Flying.ToUtf8(), CoreSettings.Parse(Flying.ToUtf8()).ToUtf8());

    [Theory]
    [InlineData("{}", "'Envelope'")]
    [InlineData("null", "it is null")]
    [InlineData("", "JSON")]
    [InlineData("[1]", "JSON value could not be converted")]
    public void Nothing_is_refused_with_what_is_missing(string text, string words) => Refused(text, words);

    [Theory]
    [InlineData("\"RateHz\": 250,", "\"RateHz\": 250, \"RateHz\": 250,", "Duplicate")]
    [InlineData("\"RateHz\": 250,", "", "$.RateHz is missing")]
    [InlineData("\"MaxTilt\":", "\"MaxTitl\":", "MaxTitl")]
    [InlineData("\"Geofence\": []", "\"Geofence\": [null]", "Geofence")]
    [InlineData("\"Geofence\": []", "\"Geofence\": null", "Geofence")]
    [InlineData("\"RateHz\": 250", "\"RateHz\": 1e300", "RateHz")]
    [InlineData("\"Ceiling\": 10,", "", "$.Quadrotor.Limits.Ceiling is missing")]
    public void Half_of_it_is_refused_with_what_is_missing(string right, string wrong, string words)
    {
        var text = Encoding.UTF8.GetString(Flying.ToUtf8());
        Assert.Contains(right, text);

        Refused(text.Replace(right, wrong, StringComparison.Ordinal), words);
    }

    [Theory]
    [InlineData("Envelope")]
    [InlineData("Control")]
    public void A_part_that_is_null_is_refused(string part)
    {
        var settings = JsonNode.Parse(Flying.ToUtf8())!;
        settings[part] = null;

        Refused(settings.ToJsonString(), part);
    }

    [Fact]
    public void A_list_without_one_of_its_parts_is_refused()
    {
        var settings = new CoreSettings { Envelope = new EnvelopeOptions { HostPatience = TimeSpan.FromMilliseconds(200), Geofence = [new(0, 0), new(9, 0), new(9, 9)] } };
        var text = Encoding.UTF8.GetString(settings.ToUtf8());
        var at = text.IndexOf("\"X\": 9", StringComparison.Ordinal);

        Refused(text[..at] + text[(text.IndexOf(',', at) + 1)..], "$.Envelope.Geofence[1].X is missing");
    }

    private static void Refused(string text, string words) =>
        Assert.Contains(words, Assert.Throws<ControlOptionsException>(() => CoreSettings.Parse(Encoding.UTF8.GetBytes(text))).Message, StringComparison.Ordinal);
}

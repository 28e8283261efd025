using EdgeMas.Host.CommandLine;
using EdgeMas.Host.Robot;

namespace EdgeMas.Host.Tests.Robot;

public sealed class BrokerConnectionTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgemas-connection-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_folder_without_a_robot_has_none() => Assert.Null(BrokerConnection.Find(_folder.FullName));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"host":null,"port":1883,"tls":false,"fleet":"a","robot":"b","process_id":1}""")]
    [InlineData("""{"host":"","port":1883,"tls":false,"fleet":"a","robot":"b","process_id":1}""")]
    [InlineData("""{"host":"127.0.0.1","port":99999,"tls":false,"fleet":"a","robot":"b","process_id":1}""")]
    [InlineData("""{"host":"127.0.0.1","port":"x","tls":false,"fleet":"a","robot":"b","process_id":1}""")]
    public void A_file_that_no_robot_wrote_is_refused_with_its_path_and_a_mend(string json)
    {
        Write(json);

        var error = Assert.Throws<FailureException>(() => BrokerConnection.Find(_folder.FullName));

        Assert.StartsWith(DataFolders.BrokerFileOf(_folder.FullName), error.Message, StringComparison.Ordinal);
        Assert.Contains("start it again", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_may_be_missing_may_be_missing()
    {
        Write("""{"host":"127.0.0.1","port":1883,"tls":false,"fleet":"a","robot":"b","process_id":1}""");

        Assert.Equal(new BrokerConnection("127.0.0.1", 1883, false, null, null, null, "a", "b", 1), BrokerConnection.Find(_folder.FullName));
    }

    private void Write(string json)
    {
        var file = DataFolders.BrokerFileOf(_folder.FullName);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, json);
    }
}

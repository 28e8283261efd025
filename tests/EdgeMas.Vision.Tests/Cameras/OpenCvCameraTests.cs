using EdgeMas.Testing;
using EdgeMas.Vision.Cameras;
using EdgeMas.Vision.Tests.OpenCv;

namespace EdgeMas.Vision.Tests.Cameras;

public sealed class OpenCvCameraTests
{
    public OpenCvCameraTests() => RequiresOpenCv.Skip();

    [Theory]
    [InlineData("/dev/video97", "/dev/video97 does not exist")]
    [InlineData("98", "/dev/video98 does not exist")]
    [InlineData("no-such-film.mp4", "no such file")]
    public async Task A_missing_source_is_named_with_the_camera(string source, string reason)
    {
        using var camera = new OpenCvCamera(new OpenCvCameraOptions { Name = "mast", Source = source }, TimeProvider.System);

        var error = await Assert.ThrowsAsync<CameraException>(async () => await camera.CaptureAsync(TestContext.Current.CancellationToken));

        Assert.Equal("mast", error.Camera);
        Assert.Equal(source, error.CameraSource);
        Assert.Contains(reason, error.Message);
    }

    [Fact]
    public async Task A_file_gives_pictures_and_begins_again()
    {
        var photo = SharedFiles.Require("media/dog.jpg");
        using var camera = new OpenCvCamera(new OpenCvCameraOptions { Source = photo, Patience = TimeSpan.FromSeconds(20) }, TimeProvider.System);

        var first = await camera.CaptureAsync(TestContext.Current.CancellationToken);
        var second = await camera.CaptureAsync(TestContext.Current.CancellationToken);

        Assert.Equal((768, 576), (first.Width, first.Height));
        Assert.Equal(first.Rgb, second.Rgb);
    }

    [Fact]
    public async Task A_closed_camera_says_so()
    {
        var camera = new OpenCvCamera(new OpenCvCameraOptions(), TimeProvider.System);
        camera.Dispose();
        camera.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await camera.CaptureAsync(TestContext.Current.CancellationToken));
    }
}

using EdgeMas.Vision.OpenCv;

namespace EdgeMas.Vision.Tests.OpenCv;

internal static class RequiresOpenCv
{
    public static void Skip() => Assert.SkipUnless(OpenCvRuntime.TryLoad(out var reason), reason);
}

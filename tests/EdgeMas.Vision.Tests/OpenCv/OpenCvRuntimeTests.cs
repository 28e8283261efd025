using EdgeMas.Vision.OpenCv;

namespace EdgeMas.Vision.Tests.OpenCv;

public sealed class OpenCvRuntimeTests
{
    [Fact]
    public void It_either_loads_or_says_how_to_mend_it() =>
        Assert.NotEqual(OpenCvRuntime.TryLoad(out var reason), reason.Contains("apt-get", StringComparison.Ordinal) || reason.Contains("EdgeMasOpenCvArm64", StringComparison.Ordinal));

    [Theory]
    [InlineData("libgtk-3.so.0: cannot open shared object file: No such file or directory", "libgtk-3-0")]
    [InlineData("libdrm.so.2: cannot open shared object file: No such file or directory", "libdrm2")]
    [InlineData("libatomic.so.1: cannot open shared object file: No such file or directory", "libatomic1")]
    [InlineData("libglib-2.0.so.0: cannot open shared object file: No such file or directory", "libglib2.0-0")]
    public void A_missing_system_library_is_explained_by_the_package_that_holds_it(string complaint, string package) =>
        Assert.Contains($"it is in {package}", OpenCvRuntime.Explain(complaint));
}

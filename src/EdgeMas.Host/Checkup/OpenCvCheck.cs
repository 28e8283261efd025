using EdgeMas.Vision.OpenCv;

namespace EdgeMas.Host.Checkup;

/// <summary>OpenCV's native library and the libraries that it asks for.</summary>
internal sealed class OpenCvCheck : ICheck
{
    public string Name => "OpenCV";

    public bool IsNeeded(Patient patient) => patient.HasAgent("vision");

    public Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Finding>>(
        [OpenCvRuntime.TryLoad(out var reason) ? Finding.Ok(Name, "loads: cameras, JPEG, colours, AprilTags") : Finding.Lacking(Name, IsNeeded(patient), reason)]);
}

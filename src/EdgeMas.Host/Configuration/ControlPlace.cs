namespace EdgeMas.Host.Configuration;

/// <summary>Where a robot's control loop runs.</summary>
internal enum ControlPlace
{
    /// <summary>The file says nothing: a simulated body's in this process, that of chips in edgemas-control where scripts/build-control.sh has built it.</summary>
    Usual,

    /// <summary>In this process.</summary>
    Inside,

    /// <summary>In edgemas-control.</summary>
    Process,
}

namespace EdgeMas.Simulation.Rendering;

/// <summary>Bodies that matter for one row of pixels.</summary>
/// <param name="visible">Indices into the bodies before the lens.</param>
/// <param name="shading">Indices into all bodies: what is behind the eye throws shadows too.</param>
internal readonly ref struct RowBodies(ReadOnlySpan<int> visible, ReadOnlySpan<int> shading)
{
    public ReadOnlySpan<int> Visible { get; } = visible;

    public ReadOnlySpan<int> Shading { get; } = shading;
}

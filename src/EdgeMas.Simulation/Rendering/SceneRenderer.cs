using System.Numerics;
using System.Runtime.CompilerServices;

namespace EdgeMas.Simulation.Rendering;

/// <summary>
/// Draws what a pinhole camera sees of a scene: one ray through each pixel's middle, more through pixels where an edge runs, and through tags. One thread
/// at a time; allocates nothing unless a scene holds more things than any before.
/// </summary>
/// <remarks>Sources: J. Arvo, D. Kirk, "A survey of ray tracing acceleration techniques", 1989 (slabs); J. H. Lambert, "Photometria", 1760 (shading).</remarks>
public sealed class SceneRenderer
{
    private const int FirstBodyKey = 16;
    private const float Farthest = 1e9f;

    private readonly double _fieldOfView;
    private readonly int[] _keys;
    private Body[] _bodies = new Body[64];
    private Body[] _seen = new Body[64];
    private int[] _row = new int[64];
    private int[] _shading = new int[64];
    private int _bodyCount;
    private int _seenCount;

    /// <param name="width">Pixels; likewise <paramref name="height"/>. 16 to 4096 each.</param>
    /// <param name="horizontalFieldOfView">Radians, above 0 and below π.</param>
    public SceneRenderer(int width, int height, double horizontalFieldOfView)
    {
        CheckSide(width);
        CheckSide(height);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizontalFieldOfView, 0.01);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(horizontalFieldOfView, 3.1);
        Width = width;
        Height = height;
        _fieldOfView = horizontalFieldOfView;
        _keys = new int[width * height];
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Radians.</summary>
    public double HorizontalFieldOfView => _fieldOfView;

    /// <param name="rgb">Takes width × height × 3 bytes, rows from the top, red first.</param>
    /// <exception cref="ArgumentException">The buffer's length is not that, or the camera is below the ground.</exception>
    public void Render(RenderScene scene, in CameraPose pose, byte[] rgb)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(rgb);
        if (rgb.Length != Width * Height * 3)
            throw new ArgumentException($"{rgb.Length:N0} bytes; a picture of {Width} × {Height} takes {Width * Height * 3:N0}", nameof(rgb));
        if (!(pose.Z > 0))
            throw new ArgumentException($"the camera is at z = {pose.Z} m: it must be above the ground", nameof(pose));

        var lens = new Lens(pose, Width, Height, _fieldOfView);
        Gather(scene, lens);
        var paving = scene.Paving ?? default;
        DrawMiddles(lens, paving, rgb);
        SmoothEdges(lens, paving, rgb);
    }

    private static void CheckSide(int pixels, [CallerArgumentExpression(nameof(pixels))] string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pixels, 16, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pixels, 4096, name);
    }

    private void Gather(RenderScene scene, in Lens lens)
    {
        _bodyCount = 0;
        for (var i = 0; i < scene.Spheres.Count; i++)
            Add(Body.Of(scene.Spheres[i]));
        for (var i = 0; i < scene.Boxes.Count; i++)
            Add(Body.Of(scene.Boxes[i]));
        for (var i = 0; i < scene.Cylinders.Count; i++)
            Add(Body.Of(scene.Cylinders[i]));
        for (var i = 0; i < scene.Walls.Count; i++)
            Add(Body.Of(scene.Walls[i]));
        for (var i = 0; i < scene.Tags.Count; i++)
        {
            var tag = scene.Tags[i];
            Add(Body.PlateOf(tag));
            if (tag.OnPost)
                Add(Body.PostOf(tag));
        }
        _seenCount = 0;
        for (var i = 0; i < _bodyCount; i++)
        {
            var body = _bodies[i];
            if (body.Place(lens, Width, Height))
                _seen[_seenCount++] = body;
        }
    }

    private void Add(in Body body)
    {
        if (_bodyCount == _bodies.Length)
        {
            Array.Resize(ref _bodies, _bodyCount * 2);
            _seen = new Body[_bodyCount * 2];
            _row = new int[_bodyCount * 2];
            _shading = new int[_bodyCount * 2];
        }
        _bodies[_bodyCount] = body;
        _bodies[_bodyCount++].CastShadow();
    }

    private void DrawMiddles(in Lens lens, in PavedArea paving, byte[] rgb)
    {
        var at = 0;
        for (var y = 0; y < Height; y++)
        {
            var near = new RowBodies(BodiesInRow(y), ShadowsInRow(lens, y));
            for (var x = 0; x < Width; x++, at++)
            {
                var hit = Trace(lens, paving, near, x, lens.Ray(x + 0.5f, y + 0.5f));
                _keys[at] = hit.Key;
                Store(rgb, at, hit.Rgb);
            }
        }
    }

    /// <summary>Draws pixels again, from the mean of several rays, where neighbours show different things.</summary>
    private void SmoothEdges(in Lens lens, in PavedArea paving, byte[] rgb)
    {
        for (var y = 0; y < Height; y++)
        {
            var near = new RowBodies(BodiesInRow(y), ShadowsInRow(lens, y));
            for (var x = 0; x < Width; x++)
            {
                var at = (y * Width) + x;
                var rays = RaysFor(at, x, y);
                if (rays == 1)
                    continue;
                var sum = Vector3.Zero;
                for (var down = 0; down < rays; down++)
                {
                    for (var across = 0; across < rays; across++)
                        sum += Trace(lens, paving, near, x, lens.Ray(x + ((across + 0.5f) / rays), y + ((down + 0.5f) / rays))).Rgb;
                }
                Store(rgb, at, sum / (rays * rays));
            }
        }
    }

    /// <summary>Rays along each side of a pixel.</summary>
    private int RaysFor(int at, int x, int y)
    {
        var key = _keys[at];
        if (key >= FirstBodyKey && _seen[key - FirstBodyKey].What == Body.Kind.Plate)
            return 4;
        var edge = (x > 0 && _keys[at - 1] != key) || (x + 1 < Width && _keys[at + 1] != key)
            || (y > 0 && _keys[at - Width] != key) || (y + 1 < Height && _keys[at + Width] != key);
        return edge ? 3 : 1;
    }

    private ReadOnlySpan<int> BodiesInRow(int y)
    {
        var count = 0;
        for (var i = 0; i < _seenCount; i++)
        {
            if (_seen[i].Top <= y && y <= _seen[i].Bottom)
                _row[count++] = i;
        }
        return _row.AsSpan(0, count);
    }

    /// <summary>Bodies whose shadow may lie on the strip of ground that a row of pixels shows.</summary>
    private ReadOnlySpan<int> ShadowsInRow(in Lens lens, int y)
    {
        // The strip's lower edge is nearest; its upper edge may be the horizon. Both ends of both edges bound it.
        var below = lens.Ray(0f, y + 1f);
        if (below.Z >= 0f)
            return [];
        var count = 0;
        for (var i = 0; i < _bodyCount; i++)
        {
            if (MayShade(_bodies[i], lens, y))
                _shading[count++] = i;
        }
        return _shading.AsSpan(0, count);
    }

    private bool MayShade(in Body body, in Lens lens, int y)
    {
        var lower = lens.Ray(0f, y + 1f);
        var upper = lens.Ray(0f, y);
        if (upper.Z > -0.02f)
            return true; // near the horizon a row holds much ground
        var wide = body;
        wide.ShadowReach += lens.Eye.Z * (Flat(upper).Length() / -upper.Z - Flat(lower).Length() / -lower.Z);
        var right = lens.Ray(Width, y + 1f);
        return GroundShadow.Reaches(wide, Flat(lens.Eye) + (Flat(lower) * (-lens.Eye.Z / lower.Z)), Flat(lens.Eye) + (Flat(right) * (-lens.Eye.Z / right.Z)));
    }

    private static Vector2 Flat(Vector3 vector) => new(vector.X, vector.Y);

    private SurfaceHit Trace(in Lens lens, in PavedArea paving, in RowBodies near, int x, Vector3 ray)
    {
        var depth = Farthest;
        var nearest = -1;
        var normal = Vector3.Zero;
        foreach (var i in near.Visible)
        {
            ref readonly var body = ref _seen[i];
            if (body.Left <= x && x <= body.Right && BodyRays.TryMeet(body, ray, ref depth, ref normal))
                nearest = i;
        }
        var toGround = ray.Z < 0f ? -lens.Eye.Z / ray.Z : Farthest;
        if (nearest >= 0 && depth < toGround)
        {
            ref readonly var body = ref _seen[nearest];
            return new SurfaceHit(FirstBodyKey + nearest, Daylight.Haze(BodyRays.Shade(body, ray, depth, normal, depth / lens.Focal), depth));
        }
        return toGround < 600f ? OnGround(lens, paving, near, ray, toGround) : Daylight.Sky(Vector3.Normalize(ray));
    }

    private SurfaceHit OnGround(in Lens lens, in PavedArea paving, in RowBodies near, Vector3 ray, float depth)
    {
        var point = lens.Eye + (ray * depth);
        var footprint = depth / lens.Focal * MathF.Sqrt(1f / MathF.Max(0.02f, -ray.Z));
        var surface = Ground.At(point.X, point.Y, footprint, paving);
        GroundShadow.At(_bodies, near.Shading, new Vector3(point.X, point.Y, 0f), out var sunlit, out var open, out var edge);
        var light = Daylight.On(Vector3.UnitZ, sunlit) * open;
        return new SurfaceHit(surface.Key + (edge * 4), Daylight.Haze(surface.Rgb * light, depth));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(byte[] rgb, int pixel, Vector3 colour)
    {
        var bounded = Vector3.Clamp(colour + new Vector3(0.5f), Vector3.Zero, new Vector3(255f));
        var at = pixel * 3;
        rgb[at] = float.ConvertToIntegerNative<byte>(bounded.X);
        rgb[at + 1] = float.ConvertToIntegerNative<byte>(bounded.Y);
        rgb[at + 2] = float.ConvertToIntegerNative<byte>(bounded.Z);
    }
}

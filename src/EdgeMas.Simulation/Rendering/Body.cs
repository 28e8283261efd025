using System.Numerics;

namespace EdgeMas.Simulation.Rendering;

/// <summary>One thing in a form that rays are quickly tried on. Boxes, walls, posts and tags are upright boxes; a cylinder is measured by the box around it.</summary>
internal struct Body
{
    public enum Kind
    {
        Sphere,
        Foliage,
        Cylinder,
        Box,
        Wall,
        Plate,
    }

    public Kind What;
    public Vector3 Centre;

    /// <summary>Half sizes along the box's own axes; the radius, three times, for a sphere.</summary>
    public Vector3 Half;

    /// <summary>Direction of the box's own x axis.</summary>
    public float Cos;
    public float Sin;
    public Vector3 Rgb;

    /// <summary>Of a plate: its black and white cells.</summary>
    public ulong Code;

    /// <summary>Centre as seen from the eye, turned into the box's own axes.</summary>
    public Vector3 Local;

    /// <summary>One over the direction of the sun in the box's own axes.</summary>
    public Vector3 InverseSun;

    /// <summary>Outside of this circle on the ground nothing is darker for the body.</summary>
    public Vector2 ShadowCentre;
    public float ShadowReach;

    /// <summary>Pixels that may show it: first column, first row, last column, last row.</summary>
    public int Left;
    public int Top;
    public int Right;
    public int Bottom;

    public static Body Of(in RenderSphere sphere) => new()
    {
        What = sphere.Leafy ? Kind.Foliage : Kind.Sphere,
        Centre = new Vector3((float)sphere.X, (float)sphere.Y, (float)sphere.Z),
        Half = new Vector3((float)sphere.Radius),
        Cos = 1f,
        Rgb = Noise.ToVector(sphere.Colour),
    };

    public static Body Of(in RenderCylinder cylinder)
    {
        var width = 2 * cylinder.Radius;
        return Upright(Kind.Cylinder, cylinder.X, cylinder.Y, cylinder.Height / 2, width, width, cylinder.Height, 0, Noise.ToVector(cylinder.Colour));
    }

    public static Body Of(in RenderBox box) => Upright(
        Kind.Box, box.X, box.Y, box.Z, box.SizeX, box.SizeY, box.SizeZ, box.Heading, Noise.ToVector(box.Colour));

    public static Body Of(in RenderWall wall) => Upright(
        Kind.Wall,
        (wall.X1 + wall.X2) / 2,
        (wall.Y1 + wall.Y2) / 2,
        wall.Height / 2,
        Math.Sqrt(((wall.X2 - wall.X1) * (wall.X2 - wall.X1)) + ((wall.Y2 - wall.Y1) * (wall.Y2 - wall.Y1))),
        wall.Thickness,
        wall.Height,
        Math.Atan2(wall.Y2 - wall.Y1, wall.X2 - wall.X1),
        Noise.ToVector(wall.Colour));

    /// <summary>The plate's front is where the tag's middle is; its own x axis looks the way the tag does.</summary>
    public static Body PlateOf(in RenderTag tag)
    {
        var side = tag.Size * AprilTagCodes.CellsWithMargin / AprilTagCodes.CellsWithBorder;
        var body = Upright(
            Kind.Plate,
            tag.X - (PlateThickness / 2 * Math.Cos(tag.Heading)),
            tag.Y - (PlateThickness / 2 * Math.Sin(tag.Heading)),
            tag.Z,
            PlateThickness,
            side,
            side,
            tag.Heading,
            new Vector3(232f));
        body.Code = AprilTagCodes.Of(tag.Id);
        return body;
    }

    public static Body PostOf(in RenderTag tag)
    {
        var behind = PlateThickness + 0.02;
        return Upright(
            Kind.Box, tag.X - (behind * Math.Cos(tag.Heading)), tag.Y - (behind * Math.Sin(tag.Heading)), tag.Z / 2, 0.04, 0.04, tag.Z, tag.Heading, new Vector3(112f));
    }

    public readonly bool IsRound => What is Kind.Sphere or Kind.Foliage;

    /// <summary>Finds out where on the ground its shadow can lie.</summary>
    public void CastShadow()
    {
        var sun = new Vector3((Daylight.Sun.X * Cos) + (Daylight.Sun.Y * Sin), (Daylight.Sun.Y * Cos) - (Daylight.Sun.X * Sin), Daylight.Sun.Z);
        InverseSun = Vector3.One / sun;
        var middle = new Vector2(Centre.X, Centre.Y);
        var slope = new Vector2(Daylight.Sun.X, Daylight.Sun.Y) / Daylight.Sun.Z;
        var top = Centre.Z + Half.Z;
        ShadowCentre = middle - (slope * (top / 2f));
        ShadowReach = (slope.Length() * top / 2f) + (1.35f * new Vector2(Half.X, Half.Y).Length()) + 0.3f;
    }

    /// <summary>Brings the body before a lens: where it stands from the eye, and which pixels may show it.</summary>
    /// <returns>False when none can.</returns>
    public bool Place(in Lens lens, int width, int height)
    {
        var offset = Centre - lens.Eye;
        Local = new Vector3((offset.X * Cos) + (offset.Y * Sin), (offset.Y * Cos) - (offset.X * Sin), offset.Z);
        var rectangle = new Vector4(float.MaxValue, float.MaxValue, float.MinValue, float.MinValue);
        var seen = 0;
        for (var corner = 0; corner < 8; corner++)
        {
            if (lens.Cover(Corner(corner, lens), ref rectangle))
                seen++;
        }
        if (seen == 0)
            return false;
        if (seen < 8)
            rectangle = new Vector4(0f, 0f, width, height); // it reaches past the eye: anything may show it
        Left = (int)Math.Clamp(rectangle.X - 1f, 0f, width);
        Top = (int)Math.Clamp(rectangle.Y - 1f, 0f, height);
        Right = (int)Math.Clamp(rectangle.Z + 1f, -1f, width - 1);
        Bottom = (int)Math.Clamp(rectangle.W + 1f, -1f, height - 1);
        return Left <= Right && Top <= Bottom;
    }

    private const double PlateThickness = 0.01;

    private static Body Upright(Kind kind, double x, double y, double z, double sizeX, double sizeY, double sizeZ, double heading, Vector3 rgb) => new()
    {
        What = kind,
        Centre = new Vector3((float)x, (float)y, (float)z),
        Half = new Vector3((float)sizeX, (float)sizeY, (float)sizeZ) / 2f,
        Cos = (float)Math.Cos(heading),
        Sin = (float)Math.Sin(heading),
        Rgb = rgb,
    };

    /// <summary>Corner of the box, or of the cube around the sphere that faces the eye.</summary>
    private readonly Vector3 Corner(int index, in Lens lens)
    {
        var x = (index & 1) == 0 ? Half.X : -Half.X;
        var y = (index & 2) == 0 ? Half.Y : -Half.Y;
        var z = (index & 4) == 0 ? Half.Z : -Half.Z;
        return IsRound
            ? Centre + (lens.Forward * x) + (lens.Left * y) + (lens.Up * z)
            : Centre + new Vector3((x * Cos) - (y * Sin), (x * Sin) + (y * Cos), z);
    }
}

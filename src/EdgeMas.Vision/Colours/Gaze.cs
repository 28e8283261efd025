using EdgeMas.Core.Vision;
using EdgeMas.Vision.Cameras;
using OpenCvSharp;

namespace EdgeMas.Vision.Colours;

/// <summary>
/// Turns a picture's pixels as if the camera looked straight at one part of it. A ball off the middle is stretched to an ellipse; looked at straight it is
/// a circle again, and the circle's middle is where the ball is.
/// </summary>
internal readonly struct Gaze
{
    private readonly double _focal;
    private readonly double _centreX;
    private readonly double _centreY;
    private readonly double _sinAcross;
    private readonly double _cosAcross;
    private readonly double _sinDown;
    private readonly double _cosDown;

    /// <param name="at">What to look at, pixels.</param>
    public Gaze(CameraFrame frame, Rect at)
    {
        _focal = CameraOptics.FocalLength(frame);
        (_centreX, _centreY) = (frame.Width / 2.0, frame.Height / 2.0);
        var x = (at.X + (at.Width / 2.0) - _centreX) / _focal;
        var y = (at.Y + (at.Height / 2.0) - _centreY) / _focal;
        (_sinAcross, _cosAcross) = Math.SinCos(Math.Atan(x));
        (_sinDown, _cosDown) = Math.SinCos(Math.Atan2(y, Math.Sqrt(1 + (x * x))));
    }

    /// <summary>First turned sideways about the upright axis, then up or down. In pixels from the new middle.</summary>
    public Point2d Straighten(double column, double row)
    {
        var (x, y) = ((column - _centreX) / _focal, (row - _centreY) / _focal);
        var across = (x * _cosAcross) - _sinAcross;
        var ahead = (x * _sinAcross) + _cosAcross;
        var down = (y * _cosDown) - (ahead * _sinDown);
        var depth = Math.Max(1e-6, (y * _sinDown) + (ahead * _cosDown));
        return new Point2d(across / depth * _focal, down / depth * _focal);
    }

    /// <summary>Radians from the picture's middle, left positive, of a straightened point.</summary>
    public double Bearing(Point2d point)
    {
        var (x, y) = (point.X / _focal, point.Y / _focal);
        var ahead = _cosDown - (y * _sinDown);
        return Math.Atan2((ahead * -_sinAcross) - (x * _cosAcross), (ahead * _cosAcross) - (x * _sinAcross));
    }
}

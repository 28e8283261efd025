using EdgeMas.Core.Vision;
using EdgeMas.Vision.Cameras;

namespace EdgeMas.Vision.Neural;

/// <summary>Turns the network's rows into detections: each row belongs to a cell of one of three grids and holds a box, an objectness and a score for each label.</summary>
internal sealed class YoloxRows
{
    private static readonly int[] Strides = [8, 16, 32];

    private readonly YoloxOptions _options;
    private readonly (float X, float Y, float Stride)[] _cells;
    private readonly List<Candidate> _candidates = [];

    public YoloxRows(int side, YoloxOptions options)
    {
        _options = options;
        var cells = new List<(float X, float Y, float Stride)>();
        foreach (var stride in Strides)
        {
            for (var y = 0; y < side / stride; y++)
            {
                for (var x = 0; x < side / stride; x++)
                    cells.Add((x, y, stride));
            }
        }
        _cells = [.. cells];
    }

    public int RowCount => _cells.Length;

    /// <param name="scale">Input pixels per picture pixel.</param>
    public IReadOnlyList<Detection> Read(ReadOnlySpan<float> rows, CameraFrame frame, double scale)
    {
        _candidates.Clear();
        var columns = _options.Labels.Count + 5;
        for (var i = 0; i < _cells.Length; i++)
        {
            var row = rows.Slice(i * columns, columns);
            if (row[4] >= _options.MinConfidence)
                Consider(row, _cells[i], scale);
        }
        // Ties are broken by place, so that the order never depends on the sort.
        _candidates.Sort(static (one, other) => one.Score != other.Score ? other.Score.CompareTo(one.Score) : one.Left.CompareTo(other.Left));
        var detections = new List<Detection>();
        for (var i = 0; i < _candidates.Count && detections.Count < _options.MaxDetections; i++)
        {
            if (!IsCovered(i))
                detections.Add(ToDetection(_candidates[i], frame));
        }
        return detections;
    }

    private void Consider(ReadOnlySpan<float> row, (float X, float Y, float Stride) cell, double scale)
    {
        var label = 0;
        for (var i = 1; i < _options.Labels.Count; i++)
        {
            if (row[5 + i] > row[5 + label])
                label = i;
        }
        double score = row[4] * row[5 + label];
        if (!(score >= _options.MinConfidence))
            return;
        var width = Math.Exp(row[2]) * cell.Stride / scale;
        var height = Math.Exp(row[3]) * cell.Stride / scale;
        var left = ((row[0] + cell.X) * cell.Stride / scale) - (width / 2);
        var top = ((row[1] + cell.Y) * cell.Stride / scale) - (height / 2);
        if (double.IsFinite(width + height + left + top))
            _candidates.Add(new Candidate(label, score, left, top, left + width, top + height));
    }

    /// <summary>Whether a surer box of the same kind, itself not left out, lies over it.</summary>
    private bool IsCovered(int index)
    {
        var candidate = _candidates[index];
        for (var i = 0; i < index; i++)
        {
            if (_candidates[i] is { Kept: true } surer && surer.Label == candidate.Label && surer.Overlap(candidate) > _options.MaxOverlap)
                return true;
        }
        _candidates[index] = candidate with { Kept = true };
        return false;
    }

    private Detection ToDetection(in Candidate candidate, CameraFrame frame)
    {
        var left = Math.Clamp(candidate.Left, 0, frame.Width);
        var top = Math.Clamp(candidate.Top, 0, frame.Height);
        var right = Math.Clamp(candidate.Right, left, frame.Width);
        var bottom = Math.Clamp(candidate.Bottom, top, frame.Height);
        return new Detection(
            _options.Labels[candidate.Label], Math.Round(candidate.Score, 3), left, top, right - left, bottom - top, CameraOptics.Bearing(frame, (left + right) / 2));
    }

    private readonly record struct Candidate(int Label, double Score, double Left, double Top, double Right, double Bottom)
    {
        public bool Kept { get; init; }

        /// <summary>Intersection over union.</summary>
        public double Overlap(in Candidate other)
        {
            var width = Math.Min(Right, other.Right) - Math.Max(Left, other.Left);
            var height = Math.Min(Bottom, other.Bottom) - Math.Max(Top, other.Top);
            if (width <= 0 || height <= 0)
                return 0;
            var shared = width * height;
            return shared / (((Right - Left) * (Bottom - Top)) + ((other.Right - other.Left) * (other.Bottom - other.Top)) - shared);
        }
    }
}

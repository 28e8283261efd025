using EdgeMas.Core.Vision;
using EdgeMas.Vision.Things;
using Microsoft.ML.OnnxRuntime;

namespace EdgeMas.Vision.Neural;

/// <summary>
/// Everyday things, people, animals and vehicles with a YOLOX network on ONNX Runtime. Needs no OpenCV. Input and output stay in place between calls, so a
/// frame allocates only its results.
/// </summary>
/// <remarks>Calls do not overlap. Source: Z. Ge et al., "YOLOX: Exceeding YOLO series in 2021", arXiv:2107.08430.</remarks>
public sealed class YoloxDetector : IObjectDetector
{
    private readonly YoloxOptions _options;
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly OrtValue _input;
    private readonly OrtValue _output;
    private readonly float[] _planes;
    private readonly float[] _rows;
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private readonly OrtValue[] _inputs;
    private readonly OrtValue[] _outputs;
    private readonly Letterbox _letterbox;
    private readonly YoloxRows _reader;

    /// <param name="path">An ONNX file with one input 1×3×S×S (blue, green, red; 0 to 255) and one output 1×N×(5 + labels) that is not decoded.</param>
    /// <exception cref="VisionModelException">Missing, damaged, or not such a network.</exception>
    public YoloxDetector(string path, YoloxOptions? options = null)
    {
        _options = options ?? new YoloxOptions();
        _session = Open(path, _options.Threads);
        try
        {
            var (inputName, input) = _session.InputMetadata.Single();
            var (outputName, output) = _session.OutputMetadata.Single();
            if (input.Dimensions is not [1, 3, var side, var other] || side != other || side < 32 || side % 32 != 0)
                throw new VisionModelException(path, $"its input is {string.Join('×', input.Dimensions)}; expected 1×3×S×S with S a multiple of 32");
            _reader = new YoloxRows(side, _options);
            if (output.Dimensions is not [1, var rows, var columns] || rows != _reader.RowCount || columns != _options.Labels.Count + 5)
                throw new VisionModelException(path, $"its output is {string.Join('×', output.Dimensions)}; expected 1×{_reader.RowCount}×{_options.Labels.Count + 5}");
            _letterbox = new Letterbox(side);
            _planes = GC.AllocateArray<float>(3 * side * side, pinned: true);
            _rows = GC.AllocateArray<float>(rows * columns, pinned: true);
            _input = OrtValue.CreateTensorValueFromMemory(_planes, [1, 3, side, side]);
            _output = OrtValue.CreateTensorValueFromMemory(_rows, [1, rows, columns]);
            (_inputNames, _outputNames, _inputs, _outputs) = ([inputName], [outputName], [_input], [_output]);
        }
        catch (Exception)
        {
            _session.Dispose();
            throw;
        }
    }

    public string Name => "yolox";

    public bool CanSee(string thing) => ThingName.Parse(thing) is { } name && _options.Labels.Any(name.Fits);

    public IReadOnlyList<Detection> Detect(CameraFrame frame)
    {
        _letterbox.Fill(frame, _planes);
        _session.Run(_run, _inputNames, _inputs, _outputNames, _outputs);
        return _reader.Read(_rows, frame, _letterbox.Scale);
    }

    public void Dispose()
    {
        _input.Dispose();
        _output.Dispose();
        _run.Dispose();
        _session.Dispose();
    }

    private static InferenceSession Open(string path, int threads)
    {
        if (!File.Exists(path))
            throw new VisionModelException(path, "no such file");
        using var options = new SessionOptions { IntraOpNumThreads = Math.Clamp(threads, 1, 64), InterOpNumThreads = 1 };
        try
        {
            var session = new InferenceSession(path, options);
            if (session.InputMetadata.Count == 1 && session.OutputMetadata.Count == 1)
                return session;
            session.Dispose();
            throw new VisionModelException(path, "expected a network with one input and one output");
        }
        catch (OnnxRuntimeException error)
        {
            throw new VisionModelException(path, $"ONNX Runtime does not take it: {error.Message}", error);
        }
    }
}

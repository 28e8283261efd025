using CsCheck;
using EdgeMas.Inference.Native;
using EdgeMas.Inference.Prefixes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EdgeMas.Inference.Tests.Prefixes;

/// <summary>The tree on llama.cpp's own memory, without the engine.</summary>
public sealed class PrefixTreeTests : IDisposable
{
    private const int Cells = 256;
    private const int Sequences = 12;

    private readonly FakeTimeProvider _time = new();
    private readonly NativeModel _model;
    private readonly NativeContext _context;
    private PrefixTree _tree;

    public PrefixTreeTests()
    {
        Models.LoadLibraries();
        _model = NativeModel.Load(Models.Planner(), gpuLayers: 0, NullLogger.Instance, progress: null, TestContext.Current.CancellationToken);
        _context = NativeContext.Create(_model, "planner", new ContextShape(Cells, Sequences, Rows: 1, Batch: 64, Threads: 1), NullLogger.Instance);
        _tree = NewTree();
    }

    public void Dispose()
    {
        _context.Dispose();
        _model.Dispose();
    }

    [Fact]
    public void A_beginning_is_lent_and_counted_once()
    {
        var first = Run([1, 2, 3, 4, 5, 6]);
        var second = Run([1, 2, 3, 4, 9, 9]);

        Assert.Equal((0, 4), (first.Lent, second.Lent));
        Assert.Equal(8, _tree.Used);
        Assert.Null(_tree.Audit());
        _tree.Keep(first.Leaf!, returnsAfter: null);
        _tree.Drop(second.Leaf!);
        Assert.Equal(6, _tree.Used);
        Assert.Null(_tree.Audit());
    }

    [Fact]
    public void What_two_computed_side_by_side_is_kept_once()
    {
        var first = Attach([1, 2, 3, 4, 5]);
        var second = Attach([1, 2, 3, 4, 6]);
        Compute(first);
        Compute(second);
        Assert.Equal(10, _tree.Used);

        _tree.Keep(first.Leaf!, returnsAfter: null);
        _tree.Keep(second.Leaf!, returnsAfter: null);

        Assert.Equal(6, _tree.Used);
        Assert.Null(_tree.Audit());
        Assert.Equal(4, _tree.Find([1, 2, 3, 4, 7]).Length);
    }

    [Fact]
    public void A_continued_conversation_takes_its_sequence_over()
    {
        var turn = Run([1, 2, 3]);
        var sequence = turn.Leaf!.Sequence;
        _tree.Keep(turn.Leaf, returnsAfter: null);

        var next = Attach([1, 2, 3, 4, 5]);

        Assert.Equal((3, sequence), (next.Lent, next.Leaf!.Sequence));
        _tree.Drop(next.Leaf);
        Assert.Equal(3, _tree.Used); // what was kept before is kept still
        Assert.Null(_tree.Audit());
    }

    [Fact]
    public void What_is_expected_back_last_goes_first()
    {
        Keep([1, 1, 1, 1], TimeSpan.FromMinutes(5));
        Keep([2, 2, 2, 2], TimeSpan.FromMinutes(1));
        Keep([3, 3, 3, 3], returnsAfter: null);
        _time.Advance(TimeSpan.FromSeconds(30)); // the third has been away for 30 s: expected to stay away as long

        Assert.True(_tree.MakeRoom(Cells - 8));
        Assert.Equal((0, 3, 3), (Usable([1, 1, 1, 1]), Usable([2, 2, 2, 2]), Usable([3, 3, 3, 3])));
        Assert.True(_tree.MakeRoom(Cells - 4));
        Assert.Equal((0, 3), (Usable([2, 2, 2, 2]), Usable([3, 3, 3, 3])));
        Assert.Null(_tree.Audit());
    }

    [Fact]
    public void Requests_under_way_are_never_evicted()
    {
        Run([1, 2, 3, 4]);

        Assert.False(_tree.MakeRoom(Cells - 3));
        Assert.Equal(4, _tree.Used);
    }

    [Fact]
    public void After_any_history_the_account_is_the_memorys_and_matches_are_common_beginnings() => Gen.Select(Gen.Int[0, 3], Gen.Int[1, 3].Array[2, 14]).Array[1, 40].Sample(
        history =>
        {
            for (var sequence = 0; sequence < Sequences; sequence++)
                _context.Remove(sequence, 0);
            _tree = NewTree();
            var known = new List<int[]>();
            var running = new List<Request>();
            foreach (var (act, tokens) in history)
            {
                var match = _tree.Find(tokens);
                Assert.True(match.Length <= known.Append([]).Max(other => other.AsSpan().CommonPrefixLength(tokens)), "no more than was computed");
                if (running.Count == Sequences - 3)
                    End(running, running[0], keep: true);
                var request = Attach(tokens);
                Compute(request);
                known.Add(tokens);
                running.Add(request);
                if (act > 0)
                    End(running, running[^Math.Min(act, running.Count)], keep: act != 2);
                Assert.Null(_tree.Audit());
            }
            while (running.Count > 0)
                End(running, running[^1], keep: true);
            Assert.True(_tree.MakeRoom(Cells));
            Assert.Equal(0, _tree.Used);
            Assert.Null(_tree.Audit());
        },
        iter: 40,
        threads: 1);

    private PrefixTree NewTree() => new(_context, Sequences, Cells, grain: 1, new MemoryTraits(CanCut: true, Window: 0, Apart: false), _time);

    private Request Attach(int[] tokens)
    {
        var request = new Request(tokens);
        request.Leaf = _tree.Attach(request, _tree.Find(tokens));
        request.Lent = request.Leaf.End;
        return request;
    }

    private Request Run(int[] tokens)
    {
        var request = Attach(tokens);
        Compute(request);
        return request;
    }

    private void Keep(int[] tokens, TimeSpan? returnsAfter) => _tree.Keep(Run(tokens).Leaf!, returnsAfter);

    private int Usable(int[] tokens) => _tree.Usable(_tree.Find(tokens).Length, tokens.Length);

    private void Compute(Request request)
    {
        Assert.True(_tree.MakeRoom(request.Known - request.Leaf!.End));
        _context.Begin();
        for (var position = request.Leaf.End; position < request.Known; position++)
            _context.Add(request.Buffer[position], position, request.Leaf.Sequence, output: position == request.Known - 1);
        Assert.Equal(DecodeStatus.Done, _context.Decode());
        _tree.Advance(request.Leaf, request.Known);
    }

    private void End(List<Request> running, Request request, bool keep)
    {
        running.Remove(request);
        if (keep)
            _tree.Keep(request.Leaf!, returnsAfter: null);
        else
            _tree.Drop(request.Leaf!);
    }

    private sealed class Request : LiveTokens
    {
        internal Request(int[] tokens) : base(tokens.Length)
        {
            tokens.CopyTo(Buffer, 0);
            Known = tokens.Length;
            Promised = tokens.Length;
        }

        internal PrefixNode? Leaf { get; set; }

        internal int Lent { get; set; }
    }
}

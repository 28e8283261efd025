using EdgeMas.Core.Models;
using EdgeMas.Inference.Native;
using EdgeMas.Inference.Sampling;
using EdgeMas.Inference.Tokens;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeMas.Inference.Tests.Engine;

/// <summary>
/// The simplest engine that is right: one request at a time, in an empty memory, the prompt in pieces of 64, then token by token. It shares weights, choice of
/// tokens and stop texts with the real one, and none of its batches, prefixes, urgencies or memory.
/// </summary>
internal sealed class OneSequence : IDisposable
{
    private const int Piece = 64;

    private readonly NativeModel _model;
    private readonly NativeContext _context;
    private readonly TokenTable _table;
    private readonly TokenSampler _sampler;
    private readonly TokenSampler _rivals;
    private readonly int _contextTokens;
    private int _computed;

    internal OneSequence(ModelCard card)
    {
        Models.LoadLibraries();
        _contextTokens = card.ContextTokens;
        _model = NativeModel.Load(card, gpuLayers: 0, NullLogger.Instance, progress: null, CancellationToken.None);
        _context = NativeContext.Create(_model, card.Name, new ContextShape(card.ContextTokens, Sequences: 1, Rows: 1, Piece, Threads: 1), NullLogger.Instance);
        _table = TokenTable.Read(_model.Vocabulary);
        var workspace = new SamplingWorkspace(_table.Count);
        _sampler = new TokenSampler(_table, workspace);
        _rivals = new TokenSampler(_table, workspace);
    }

    /// <param name="Steps">The text before each choice, and by how much the chosen token was ahead of the next one; infinitely under a constraint, which allows one.</param>
    internal readonly record struct Answer(string Text, FinishReason Finish, int GeneratedTokens, double MeanLogProbability, double LeastProbability, List<(string Text, double Lead)> Steps);

    internal Answer Ask(GenerationRequest request)
    {
        using var grammar = request.Gbnf is null ? null : _model.Vocabulary.ParseGrammar(request.Gbnf);
        _sampler.Begin(request.Sampling, grammar, request.Constraint);
        _rivals.Begin(request.Sampling, grammar, request.Constraint);
        _context.Remove(0, 0);
        _computed = 0;
        var text = new OutputText();
        text.Begin(request.Stop, onText: null);
        var known = _model.Vocabulary.Tokenize(request.Prompt!, parseControl: true).ToList();
        var promptTokens = known.Count;
        var limit = Math.Min(promptTokens + request.MaxTokens, _contextTokens);
        var (sum, least, chosen, generated) = (0.0, 0.0, 0, 0);
        var steps = new List<(string, double)>();

        while (true)
        {
            if (TakeForced(request.Constraint, known, limit, text, ref generated))
                return End(FinishReason.Stop);
            if (known.Count >= limit)
                return End(FinishReason.Length);
            var logits = Compute(known, promptTokens);
            var original = logits.ToArray();
            var token = _sampler.Choose(logits);
            if (token == TokenSampler.None)
                return End(FinishReason.Stop);
            steps.Add((text.Text, request.Constraint is null ? LeadOf(token, original, request.Sampling, (uint)chosen + 1) : double.PositiveInfinity));
            chosen++;
            sum += _sampler.LogProbability;
            least = Math.Min(least, _sampler.LogProbability);
            generated++;
            if (_table.IsEnd(token))
                return End(FinishReason.Stop);
            _sampler.Accept(token);
            known.Add(token);
            if (text.Append(_table.BytesOf(token)))
                return End(FinishReason.Stop);
        }

        Answer End(FinishReason finish) => new(text.Text, finish, generated, chosen == 0 ? 0 : sum / chosen, Math.Exp(least), steps);
    }

    public void Dispose()
    {
        _context.Dispose();
        _model.Dispose();
    }

    private bool TakeForced(ITokenConstraint? constraint, List<int> known, int limit, OutputText text, ref int generated)
    {
        var forced = new int[64];
        int count;
        while (constraint is not null && known.Count < limit && (count = constraint.TakeForced(forced)) > 0)
        {
            foreach (var token in forced.AsSpan(0, Math.Min(count, limit - known.Count)))
            {
                generated++;
                if (_table.IsEnd(token))
                    return true;
                known.Add(token);
                if (text.Append(_table.BytesOf(token)))
                    return true;
            }
        }
        return false;
    }

    private Span<float> Compute(List<int> known, int promptTokens)
    {
        var place = -1;
        while (_computed < known.Count)
        {
            var end = _computed < promptTokens ? Math.Min(_computed + Piece - (_computed % Piece), promptTokens) : Math.Min(known.Count, _computed + Piece);
            _context.Begin();
            for (; _computed < end; _computed++)
                place = _context.Add(known[_computed], _computed, sequence: 0, output: _computed == known.Count - 1);
            Assert.Equal(DecodeStatus.Done, _context.Decode());
        }
        return _context.LogitsOf(place);
    }

    private double LeadOf(int token, float[] logits, EdgeMas.Core.Models.Sampling sampling, uint step)
    {
        var own = logits[token];
        logits[token] = float.NegativeInfinity;
        var copy = (float[])logits.Clone();
        var rival = _rivals.Choose(copy);
        if (rival == TokenSampler.None)
            return double.PositiveInfinity;
        if (sampling.Temperature == 0)
            return own - logits[rival];
        var noise = new SeededNoise(sampling.Seed, step);
        return own - logits[rival] + (sampling.Temperature * (noise.Gumbel(token) - noise.Gumbel(rival)));
    }
}

using System.Text.Json;
using EdgeMas.Grammar;
using EdgeMas.Grammar.Constraints;
using EdgeMas.Grammar.Schemas;
using EdgeMas.Grammar.Vocabulary;
using EdgeMas.Inference;

namespace EdgeMas.Host.Bench;

/// <summary>
/// Measures grammars on one thread, pass after pass, so that the just-in-time compiler's work is in the first pass alone: compiling, the mask before each token
/// of each valid instance in a grammar that is used for the first time, and again; beside them llama.cpp's own grammar sampler over the whole vocabulary.
/// </summary>
internal sealed class GrammarBench(LlamaTokenizer tokenizer, SchemaOptions options)
{
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly TokenVocabulary _vocabulary = new(tokenizer);

    public IReadOnlyList<GrammarFigures> Run(IReadOnlyList<GrammarCase> cases, int passes, Action<string> tell, CancellationToken cancellationToken)
    {
        var kinds = cases.GroupBy(static @case => @case.Kind).Select(static group => (new GrammarFigures(group.Key), group.ToList())).ToList();
        for (var pass = 0; pass < passes; pass++)
        {
            foreach (var (figures, members) in kinds)
            {
                figures.Rewind(isFirst: pass == 0);
                foreach (var @case in members)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    Measure(@case, figures);
                    if (pass == 0 && @case.Gbnf is not null)
                        MeasurePeer(@case, figures);
                }
            }
            tell($"pass {pass + 1} of {passes}");
        }
        return [.. kinds.Select(static kind => kind.Item1)];
    }

    private void Measure(GrammarCase @case, GrammarFigures figures)
    {
        CompiledGrammar grammar;
        var started = _time.GetTimestamp();
        try
        {
            grammar = CompiledGrammar.FromSchema(@case.Schema, options);
        }
        catch (SchemaException)
        {
            figures.Refused++;
            return;
        }
        figures.AddCompiled(_time.GetElapsedTime(started).TotalSeconds);
        if (grammar.IsEmpty)
            return;
        var seconds = new List<double>();
        foreach (var instance in @case.Instances)
        {
            seconds.Clear();
            if (!MaskTimes.Measure(grammar, _vocabulary, instance, seconds, _time))
                continue; // a different verdict is the tests' matter; what was measured before it is no whole walk
            seconds.ForEach(figures.AddFirst);
            seconds.Clear();
            MaskTimes.Measure(grammar, _vocabulary, instance, seconds, _time);
            seconds.ForEach(figures.AddAgain);
            figures.AddForced(MaskTimes.CountForced(grammar, _vocabulary, instance));
        }
    }

    private void MeasurePeer(GrammarCase @case, GrammarFigures figures)
    {
        foreach (var instance in @case.Instances)
        {
            using var grammar = tokenizer.ParseGrammar(@case.Gbnf!);
            foreach (var token in tokenizer.Tokenize(JsonSerializer.Serialize(instance, CommandLine.HostJson.Shared.JsonElement)))
            {
                var started = _time.GetTimestamp();
                grammar.Apply();
                figures.AddPeer(_time.GetElapsedTime(started).TotalSeconds);
                if (!grammar.Allows(token))
                    break;
                grammar.Accept(token);
            }
        }
    }
}

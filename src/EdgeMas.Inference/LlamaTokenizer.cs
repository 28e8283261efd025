using EdgeMas.Core.Models;
using EdgeMas.Inference.Loading;
using EdgeMas.Inference.Native;
using EdgeMas.Inference.Tokens;
using Microsoft.Extensions.Logging;

namespace EdgeMas.Inference;

/// <summary>A GGUF file's vocabulary without its weights: for tools that look at tokens alone.</summary>
public sealed class LlamaTokenizer : ITokenizer, IDisposable
{
    private readonly NativeModel _model;
    private readonly TokenTable _table;

    private LlamaTokenizer(NativeModel model)
    {
        _model = model;
        _table = TokenTable.Read(model.Vocabulary);
    }

    public int VocabularySize => _table.Count;

    /// <param name="path">A model's GGUF file; one that holds a vocabulary only will do.</param>
    /// <exception cref="ModelException">It is missing, no GGUF, or llama.cpp's libraries are missing.</exception>
    public static LlamaTokenizer Load(string path, LlamaOptions options, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ModelChecks.RequireTextModel(path, ModelChecks.RequireWhole(path));
        NativeLoader.Load(options.NativeDirectory, path);
        return new LlamaTokenizer(NativeModel.LoadVocabulary(path, logger));
    }

    public ReadOnlyMemory<byte> TokenBytes(int token) => _table.MemoryOf(token);

    public int[] Tokenize(string text) => _model.Vocabulary.Tokenize(text, parseControl: false);

    /// <exception cref="ArgumentException">It is no GBNF that llama.cpp reads.</exception>
    public LlamaGrammar ParseGrammar(string gbnf) => new(_model.Vocabulary, gbnf);

    public void Dispose() => _model.Dispose();
}

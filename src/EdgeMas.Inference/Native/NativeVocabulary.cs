using System.Runtime.InteropServices;
using System.Text;

namespace EdgeMas.Inference.Native;

/// <summary>The model's tokens. Thread-safe, as llama.cpp promises for tokenizing.</summary>
internal sealed unsafe class NativeVocabulary
{
    private readonly ModelHandle _model;
    private readonly nint _vocab;

    internal NativeVocabulary(ModelHandle model)
    {
        _model = model;
        _vocab = LlamaApi.llama_model_get_vocab(model);
        Count = LlamaApi.llama_vocab_n_tokens(_vocab);
        BeginToken = LlamaApi.llama_vocab_bos(_vocab);
        AddsBegin = BeginToken >= 0 && LlamaApi.llama_vocab_get_add_bos(_vocab);
    }

    internal int Count { get; }

    /// <summary>The token that begins a text, or −1.</summary>
    internal int BeginToken { get; }

    /// <summary>The model was trained with <see cref="BeginToken"/> in front.</summary>
    internal bool AddsBegin { get; }

    /// <summary>The text's tokens, without a token that begins or ends a text.</summary>
    /// <param name="parseControl">Names of control tokens in the text become those tokens; otherwise they are plain text.</param>
    internal int[] Tokenize(string text, bool parseControl)
    {
        using var use = new Use(_model);
        var bytes = Encoding.UTF8.GetBytes(text);
        var tokens = new int[(bytes.Length / 2) + 8];
        fixed (byte* start = bytes)
        {
            while (true)
            {
                int written;
                fixed (int* first = tokens)
                    written = LlamaApi.llama_tokenize(_vocab, start, bytes.Length, first, tokens.Length, addSpecial: 0, parseControl ? (byte)1 : (byte)0);
                if (written >= 0)
                    return tokens.AsSpan(0, written).ToArray();
                if (written == int.MinValue)
                    throw new ArgumentException("the text has more tokens than an int can count", nameof(text));
                tokens = new int[-written];
            }
        }
    }

    /// <summary>Writes what the token adds to the output; nothing for control tokens.</summary>
    /// <returns>Bytes written.</returns>
    internal int WriteBytes(int token, ref byte[] buffer)
    {
        using var use = new Use(_model);
        while (true)
        {
            int written;
            fixed (byte* start = buffer)
                written = LlamaApi.llama_token_to_piece(_vocab, token, start, buffer.Length, leftStrip: 0, special: 0);
            if (written >= 0)
                return written;
            buffer = new byte[-written];
        }
    }

    /// <summary>The token as the vocabulary writes it: for control tokens, what a prompt has to contain.</summary>
    internal string TextOf(int token)
    {
        using var use = new Use(_model);
        return Marshal.PtrToStringUTF8((nint)LlamaApi.llama_vocab_get_text(_vocab, token)) ?? "";
    }

    internal int AttributesOf(int token)
    {
        using var use = new Use(_model);
        return LlamaApi.llama_vocab_get_attr(_vocab, token);
    }

    internal bool IsEndOfGeneration(int token)
    {
        using var use = new Use(_model);
        return LlamaApi.llama_vocab_is_eog(_vocab, token);
    }

    /// <summary>Tokens that the model's maker wants never to be chosen.</summary>
    internal int[] SuppressedTokens()
    {
        using var use = new Use(_model);
        var tokens = LlamaApi.llama_vocab_get_suppress_tokens(_vocab, out var count);
        return tokens is null || count <= 0 ? [] : new ReadOnlySpan<int>(tokens, count).ToArray();
    }

    /// <returns>Null when the grammar does not parse; the log has said why.</returns>
    internal NativeGrammar? ParseGrammar(string gbnf)
    {
        using var use = new Use(_model);
        var sampler = LlamaApi.llama_sampler_init_grammar(_vocab, gbnf, "root");
        return sampler == 0 ? null : new NativeGrammar(new SamplerHandle(sampler, _model));
    }

    /// <summary>Keeps the model from being freed during a call.</summary>
    private readonly ref struct Use
    {
        private readonly ModelHandle _model;

        internal Use(ModelHandle model)
        {
            _model = model;
            var added = false;
            model.DangerousAddRef(ref added);
        }

        public void Dispose() => _model.DangerousRelease();
    }
}

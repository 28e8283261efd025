namespace EdgeMas.Inference.Native;

/// <summary>A GBNF grammar and the place that the output has reached in it. One thread.</summary>
internal sealed unsafe class NativeGrammar(SamplerHandle sampler) : IDisposable
{
    /// <summary>Sets the logit of every candidate that may not come next to negative infinity. End tokens may come where the output is whole.</summary>
    internal void Apply(Span<llama_token_data> candidates)
    {
        fixed (llama_token_data* first = candidates)
        {
            var array = new llama_token_data_array { data = first, size = (nuint)candidates.Length, selected = -1, sorted = 0 };
            LlamaApi.llama_sampler_apply(sampler, &array);
        }
    }

    internal bool Allows(int token)
    {
        var candidate = new llama_token_data { id = token };
        Apply(new Span<llama_token_data>(ref candidate));
        return !float.IsNegativeInfinity(candidate.logit);
    }

    /// <summary>Moves on by a token that is allowed and no end token; any other would end the process.</summary>
    internal void Accept(int token) => LlamaApi.llama_sampler_accept(sampler, token);

    public void Dispose() => sampler.Dispose();
}

using System.Runtime.InteropServices;

namespace EdgeMas.Inference.Native;

/// <summary>Owns one sampler, and keeps the model whose vocabulary it reads alive as long.</summary>
internal sealed class SamplerHandle : SafeHandle
{
    private readonly ModelHandle _model;

    internal SamplerHandle(nint sampler, ModelHandle model) : base(0, ownsHandle: true)
    {
        _model = model;
        var added = false;
        model.DangerousAddRef(ref added);
        SetHandle(sampler);
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        LlamaApi.llama_sampler_free(handle);
        _model.DangerousRelease();
        return true;
    }
}

using System.Runtime.InteropServices;

namespace EdgeMas.Inference.Native;

/// <summary>Owns one context, and keeps its model alive as long.</summary>
internal sealed class ContextHandle : SafeHandle
{
    private readonly ModelHandle _model;

    internal ContextHandle(nint context, ModelHandle model) : base(0, ownsHandle: true)
    {
        _model = model;
        var added = false;
        model.DangerousAddRef(ref added);
        SetHandle(context);
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        LlamaApi.llama_free(handle);
        _model.DangerousRelease();
        return true;
    }
}

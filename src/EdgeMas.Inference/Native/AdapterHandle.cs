using System.Runtime.InteropServices;

namespace EdgeMas.Inference.Native;

/// <summary>Owns one LoRA adapter, and keeps its model alive as long. Contexts that use it must be gone before.</summary>
internal sealed class AdapterHandle : SafeHandle
{
    private readonly ModelHandle _model;

    internal AdapterHandle(nint adapter, ModelHandle model) : base(0, ownsHandle: true)
    {
        _model = model;
        var added = false;
        model.DangerousAddRef(ref added);
        SetHandle(adapter);
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        LlamaApi.llama_adapter_lora_free(handle);
        _model.DangerousRelease();
        return true;
    }
}

using System.Runtime.InteropServices;

namespace EdgeMas.Inference.Native;

/// <summary>Owns one loaded model.</summary>
internal sealed class ModelHandle : SafeHandle
{
    internal ModelHandle(nint model) : base(0, ownsHandle: true) => SetHandle(model);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        LlamaApi.llama_model_free(handle);
        return true;
    }
}

namespace EdgeMas.Inference.Native;

/// <summary>
/// The threads that compute for one context, made once. Without it llama.cpp starts and ends threads for every token. Where the CPU backend offers no
/// pool, this one is empty and llama.cpp does as it likes.
/// </summary>
internal sealed unsafe class ComputePool : IDisposable
{
    /// <summary>One unit is 131,072 rounds of waiting at full speed, about 2 ms: enough for the time between two tokens, nothing while idle.</summary>
    private const uint PollUnits = 1;

    private readonly nint _pool;
    private readonly delegate* unmanaged[Cdecl]<nint, void> _free;

    private ComputePool(nint pool, delegate* unmanaged[Cdecl]<nint, void> free)
    {
        _pool = pool;
        _free = free;
    }

    internal static ComputePool Attach(ContextHandle context, int threads)
    {
        var registry = GgmlApi.ggml_backend_dev_backend_reg(GgmlApi.ggml_backend_dev_by_type(GgmlApi.DeviceCpu));
        var create = (delegate* unmanaged[Cdecl]<ggml_threadpool_params*, nint>)GgmlApi.ggml_backend_reg_get_proc_address(registry, "ggml_threadpool_new");
        var free = (delegate* unmanaged[Cdecl]<nint, void>)GgmlApi.ggml_backend_reg_get_proc_address(registry, "ggml_threadpool_free");
        if (create is null || free is null)
            return new ComputePool(0, null);
        var parameters = new ggml_threadpool_params { n_threads = threads, poll = PollUnits };
        var pool = create(&parameters);
        if (pool != 0)
            LlamaApi.llama_attach_threadpool(context, pool, 0);
        return new ComputePool(pool, free);
    }

    /// <summary>After the context is gone.</summary>
    public void Dispose()
    {
        if (_pool != 0)
            _free(_pool);
    }
}

using EdgeMas.Host.Bench;

namespace EdgeMas.Host.Tests.Bench;

public sealed class PeerMemoryTests
{
    [Fact]
    public void Buffers_of_all_devices_and_the_last_state_of_the_ram_cache_make_the_memory()
    {
        string[] lines =
        [
            "0.08.778.261 I llama_kv_cache:        CPU KV buffer size =    24.00 MiB",
            "0.08.778.261 I llama_kv_cache:      CUDA0 KV buffer size =     8.50 MiB",
            "srv        update:  - cache state: 1 prompts, 3.000 MiB (limits: 8192.000 MiB, 2048 tokens)",
            "srv        update:  - cache state: 2 prompts, 5.500 MiB (limits: 8192.000 MiB, 2048 tokens)",
        ];

        Assert.All(lines, line => Assert.True(PeerMemory.IsAbout(line)));
        Assert.False(PeerMemory.IsAbout("llama_kv_cache: size =   24.00 MiB (   512 cells,  24 layers,  4/4 seqs)"));
        Assert.Equal(38 << 20, PeerMemory.Bytes(lines));
    }
}

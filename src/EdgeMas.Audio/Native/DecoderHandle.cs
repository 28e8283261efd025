using System.Runtime.InteropServices;

namespace EdgeMas.Audio.Native;

/// <summary>Owns one PocketSphinx decoder.</summary>
internal sealed class DecoderHandle : SafeHandle
{
    private DecoderHandle(nint decoder) : base(0, ownsHandle: true) => SetHandle(decoder);

    public override bool IsInvalid => handle == 0;

    /// <param name="arguments">As on the command line of <c>pocketsphinx_continuous</c>.</param>
    /// <returns>An invalid handle when PocketSphinx refuses them.</returns>
    /// <exception cref="DllNotFoundException">PocketSphinx is not installed.</exception>
    internal static DecoderHandle Open(params ReadOnlySpan<string> arguments)
    {
        PocketSphinx.err_set_callback(0, 0); // it would tell standard error every step
        PocketSphinx.err_set_logfp(0); // and this thread's its configuration
        var texts = new nint[arguments.Length + 1];
        var pinned = GCHandle.Alloc(texts, GCHandleType.Pinned);
        nint config = 0;
        try
        {
            texts[0] = Marshal.StringToCoTaskMemUTF8("edgemas");
            for (var i = 0; i < arguments.Length; i++)
                texts[i + 1] = Marshal.StringToCoTaskMemUTF8(arguments[i]);
            config = PocketSphinx.cmd_ln_parse_r(0, PocketSphinx.ps_args(), texts.Length, pinned.AddrOfPinnedObject(), strict: 1);
            return new DecoderHandle(config == 0 ? 0 : PocketSphinx.ps_init(config));
        }
        finally
        {
            if (config != 0)
                _ = PocketSphinx.cmd_ln_free_r(config); // the decoder holds a reference of its own; the rest is a count
            pinned.Free();
            foreach (var text in texts)
                Marshal.FreeCoTaskMem(text);
        }
    }

    protected override bool ReleaseHandle() => PocketSphinx.ps_free(handle) == 0;
}

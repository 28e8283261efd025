using System.Runtime.InteropServices;

namespace EdgeMas.Inference.Native;

/// <summary>The calls of libggml and libggml-base that are used here, under their own names. Source: llama.cpp v0.5.0, <c>ggml-backend.h</c>, <c>ggml.h</c>, <c>ggml-cpu.h</c>.</summary>
internal static unsafe partial class GgmlApi
{
    internal const string Library = "ggml";
    internal const string BaseLibrary = "ggml-base";
    internal const int DeviceCpu = 0;

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void ggml_backend_load_all_from_path(string directory);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint ggml_backend_load(string path);

    [LibraryImport(Library)]
    internal static partial nint ggml_backend_dev_by_type(int type);

    [LibraryImport(BaseLibrary)]
    internal static partial nint ggml_backend_dev_backend_reg(nint device);

    [LibraryImport(BaseLibrary, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint ggml_backend_reg_get_proc_address(nint registry, string name);

    [LibraryImport(BaseLibrary)]
    internal static partial long ggml_blck_size(int type);

    [LibraryImport(BaseLibrary)]
    internal static partial nuint ggml_type_size(int type);
}

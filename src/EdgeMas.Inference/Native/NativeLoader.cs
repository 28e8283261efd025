using System.Reflection;
using System.Runtime.InteropServices;
using EdgeMas.Core.Assets;
using EdgeMas.Core.Models;

namespace EdgeMas.Inference.Native;

/// <summary>
/// Loads llama.cpp v0.5.0 from one folder, explicitly and once a process: libggml-base, libggml, libllama by full path, then the CPU backend that
/// <c>scripts/build-llama.sh</c> built for this machine, or else that of the folder which fits it best. Any thread.
/// </summary>
internal static class NativeLoader
{
    private const string Version = "v0.5.0";

    /// <summary>In the order in which they need each other.</summary>
    private static readonly (string Name, string File)[] Libraries =
    [
        (GgmlApi.BaseLibrary, "libggml-base.so"),
        (GgmlApi.Library, $"libggml.{Version}.so"),
        (LlamaApi.Library, $"libllama.{Version}.so"),
    ];

    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, nint> Loaded = [];
    private static bool s_resolves;
    private static string? s_directory;

    /// <summary>The folder below <c>native/</c> where the npm package for this machine has its libraries.</summary>
    internal static string PackageFolder => $"node_modules/@node-llama-cpp/{AssetLocator.Platform}/bins/{AssetLocator.Platform}";

    /// <summary>Where <c>scripts/build-llama.sh</c> puts the backend with EdgeMas' attention in it.</summary>
    internal const string BuiltFolder = "build/llama";

    /// <summary>Why the backend that was built here is not used; null where it is, or none was built.</summary>
    internal static string? BuiltRefused { get; private set; }

    /// <param name="directory">The folder of the libraries, or null to look where setup puts them.</param>
    /// <param name="model">For the exception.</param>
    /// <exception cref="ModelException">A library is missing or does not load; says where it looked, what is wrong and how to mend it.</exception>
    internal static void Load(string? directory, string model)
    {
        var folder = Path.GetFullPath(directory ?? AssetLocator.FindNative(PackageFolder) ?? throw new ModelException(
            model, $"llama.cpp's libraries are missing: no folder native/{PackageFolder} beside the program or above it, nor below EDGEMAS_NATIVE. ./scripts/setup.sh fetches them."));
        lock (Gate)
        {
            RequireFiles(folder, model);
            if (s_directory is null)
                LoadFrom(folder, directory is null ? BuiltBackend() : null, model);
            else if (!string.Equals(s_directory, folder, StringComparison.Ordinal))
                throw new ModelException(model, $"llama.cpp is already loaded from {s_directory} and a process holds one; configure the same folder for all models instead of {folder}.");
        }
    }

    /// <summary>Path of the CPU backend in use. llama.cpp does not tell which file it chose; the process's map does.</summary>
    internal static string CpuBackend =>
        File.ReadLines("/proc/self/maps").Select(line => line[(line.IndexOf('/') + 1)..]).FirstOrDefault(path => Path.GetFileName(path).StartsWith("libggml-cpu", StringComparison.Ordinal)) is { } found
            ? "/" + found
            : "built into libggml";

    private static void RequireFiles(string folder, string model)
    {
        if (!Directory.Exists(folder))
            throw new ModelException(model, $"llama.cpp's libraries are missing: there is no folder {folder}. ./scripts/setup.sh fetches them.");
        var missing = Libraries.Select(library => library.File).Where(file => !File.Exists(Path.Combine(folder, file))).ToList();
        if (Directory.GetFiles(folder, "libggml-cpu*.so").Length == 0)
            missing.Add("libggml-cpu-*.so");
        if (missing.Count > 0)
            throw new ModelException(model, $"llama.cpp's libraries are incomplete: {folder} lacks {string.Join(", ", missing)}. ./scripts/setup.sh fetches llama.cpp {Version}.");
    }

    private static string? BuiltBackend() => AssetLocator.FindNative(BuiltFolder) is { } folder ? Directory.GetFiles(folder, "libggml-cpu-*.so").FirstOrDefault() : null;

    private static void LoadFrom(string folder, string? built, string model)
    {
        foreach (var (name, file) in Libraries)
            Loaded[name] = LoadOne(Path.Combine(folder, file), model);
        if (!s_resolves)
            NativeLibrary.SetDllImportResolver(typeof(NativeLoader).Assembly, Resolve);
        s_resolves = true;

        NativeLog.Install();
        using var lines = NativeLog.Open(logger: null);
        LlamaApi.llama_backend_init();
        // llama.cpp asks a backend whether it can run here before it takes it: one built on another processor is refused, not crashed into.
        if (built is not null && GgmlApi.ggml_backend_load(built) == 0)
            BuiltRefused = $"{built} does not run here ({lines.Errors.TrimEnd('.')}); ./scripts/build-llama.sh --force builds it for this processor";
        if (built is null || BuiltRefused is not null)
            GgmlApi.ggml_backend_load_all_from_path(folder);
        if (GgmlApi.ggml_backend_dev_by_type(GgmlApi.DeviceCpu) == 0)
            throw new ModelException(model, $"none of the CPU backends in {folder} runs on this processor ({RuntimeInformation.ProcessArchitecture}). {lines.Errors}".TrimEnd());
        s_directory = folder;
    }

    private static nint LoadOne(string path, string model)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
        {
            throw new ModelException(
                model, $"{path} does not load on this machine ({RuntimeInformation.RuntimeIdentifier}): {exception.Message} Run ./scripts/setup.sh again; it needs glibc and libstdc++.", exception);
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath) => Loaded.GetValueOrDefault(name);
}

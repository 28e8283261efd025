using System.Runtime.InteropServices;
using OpenCvSharp;

namespace EdgeMas.Vision.OpenCv;

/// <summary>
/// Whether OpenCV's native library works on this machine. Ask before making anything that says it needs OpenCV; a build or a machine without it leaves
/// those ports empty. Any thread.
/// </summary>
public static class OpenCvRuntime
{
    private const string Library = "OpenCvSharpExtern";

    /// <summary>Which Debian package holds a library that the native one asks for.</summary>
    private static readonly (string Library, string Package)[] Packages =
    [
        ("libgtk-3", "libgtk-3-0"),
        ("libgdk-3", "libgtk-3-0"),
        ("libpango", "libpangocairo-1.0-0"),
        ("libcairo", "libcairo-gobject2"),
        ("libgdk_pixbuf", "libgdk-pixbuf-2.0-0"),
        ("libatk", "libatk1.0-0"),
        ("libglib-2.0", "libglib2.0-0"),
        ("libgobject-2.0", "libglib2.0-0"),
        ("libgio-2.0", "libglib2.0-0"),
        ("libgmodule-2.0", "libglib2.0-0"),
        ("libgthread-2.0", "libglib2.0-0"),
        ("libdrm", "libdrm2"),
        ("libatomic", "libatomic1"),
        ("libX11", "libx11-6"),
        ("libfreetype", "libfreetype6"),
        ("libharfbuzz", "libharfbuzz0b"),
    ];

    private static readonly Lazy<string?> Problem = new(Probe);

    /// <param name="reason">Why not, and how to mend it; empty when it works.</param>
    public static bool TryLoad(out string reason)
    {
        reason = Problem.Value ?? "";
        return Problem.Value is null;
    }

    /// <exception cref="PlatformNotSupportedException">It does not work here; the message says why and how to mend it.</exception>
    public static void Require()
    {
        if (!TryLoad(out var reason))
            throw new PlatformNotSupportedException(reason);
    }

    /// <summary>An empty picture; fields begin before a constructor could ask <see cref="Require"/>.</summary>
    /// <exception cref="PlatformNotSupportedException">OpenCV does not work here.</exception>
    internal static Mat NewMat()
    {
        Require();
        return new Mat();
    }

    /// <summary>Says what a loader's complaint means for a person.</summary>
    internal static string Explain(string complaint)
    {
        const string all = "apt-get install libgtk-3-0 libdrm2 libatomic1";
        foreach (var (library, package) in Packages)
        {
            if (complaint.Contains(library + ".so", StringComparison.Ordinal) || complaint.Contains(library + "-", StringComparison.Ordinal))
                return $"OpenCV's native library needs {library}, which is missing: {all} (it is in {package})";
        }
        return RuntimeInformation.ProcessArchitecture == Architecture.X64
            ? $"OpenCV's native library does not load: {complaint.Trim()}. On Debian: {all}"
            : $"this build holds no OpenCV for {RuntimeInformation.ProcessArchitecture}: build with -p:EdgeMasOpenCvArm64=true (untried), or leave cameras, tags and colours out";
    }

    private static string? Probe()
    {
        try
        {
            // Beside a native program nothing else looks for it; what is loaded is found by its name afterwards.
            NativeLibrary.Load(Library, typeof(Cv2).Assembly, DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories);
            _ = Cv2.GetVersionString();
            return null;
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException or TypeInitializationException or OpenCvSharpException)
        {
            return Explain((error.InnerException ?? error).Message);
        }
    }
}

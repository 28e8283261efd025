using System.Diagnostics;
using System.Globalization;
using System.Text;
using EdgeMas.Testing;

namespace EdgeMas.Devices.Tests.Native;

/// <summary>Numbers printed by a C program that is compiled here from the kernel's own headers.</summary>
internal static class KernelHeader
{
    internal delegate ref TField FieldOf<TStruct, TField>(ref TStruct value);

    /// <summary>Each expression of C has the value here.</summary>
    internal static async Task AgreesAsync(string[] headers, (string C, long Here)[] expected)
    {
        SharedFiles.RequireFile("/usr/bin/gcc", "gcc");
        var source = new StringBuilder("#include <stddef.h>\n#include <stdio.h>\n");
        foreach (var header in headers)
        {
            if (header.StartsWith("linux/", StringComparison.Ordinal)) // those of libc lie where gcc knows
                SharedFiles.RequireFile($"/usr/include/{header}", "linux-libc-dev");
            source.Append(CultureInfo.InvariantCulture, $"#include <{header}>\n");
        }
        source.Append("int main(void) {\n");
        foreach (var (c, _) in expected)
            source.Append(CultureInfo.InvariantCulture, $"printf(\"%lld\\n\", (long long)({c}));\n");
        var printed = await CompileAndRun(source.Append("return 0; }\n").ToString());

        Assert.Equal(expected.Select(pair => $"{pair.C} = {pair.Here}"), expected.Zip(printed, (pair, line) => $"{pair.C} = {line}"));
    }

    internal static unsafe long SizeOf<T>()
        where T : unmanaged => sizeof(T);

    internal static unsafe long OffsetOf<TStruct, TField>(FieldOf<TStruct, TField> field)
        where TStruct : unmanaged
        where TField : unmanaged
    {
        var value = default(TStruct);
        return (byte*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref field(ref value)) - (byte*)&value;
    }

    private static async Task<string[]> CompileAndRun(string source)
    {
        var folder = Directory.CreateTempSubdirectory("edgemas-devices-");
        try
        {
            var file = Path.Combine(folder.FullName, "numbers.c");
            var program = Path.Combine(folder.FullName, "numbers");
            await File.WriteAllTextAsync(file, source);
            await Run("gcc", "-o", program, file);
            return (await Run(program)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return output;
    }
}

using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using EdgeMas.Control.Sharing;

namespace EdgeMas.Control.Native;

/// <summary>Memory with one <typeparamref name="T"/> in it: this process's own, or a file that another process maps too.</summary>
/// <remarks>Any thread may look at <see cref="Value"/>; who may write which part of it is the layout's rule. Not to be used after <see cref="Dispose"/>.</remarks>
internal sealed unsafe class SharedMemory<T> : IDisposable
    where T : unmanaged, ISharedLayout
{
    private readonly byte[]? _own;
    private readonly MemoryMappedFile? _file;
    private readonly MemoryMappedViewAccessor? _view;
    private readonly byte* _base;

    private SharedMemory()
    {
        _own = GC.AllocateArray<byte>(sizeof(T), pinned: true);
        _base = (byte*)Unsafe.AsPointer(ref _own[0]);
        Sign();
    }

    private SharedMemory(FileStream file)
    {
        _file = MemoryMappedFile.CreateFromFile(file, null, sizeof(T), MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor(0, sizeof(T), MemoryMappedFileAccess.ReadWrite);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _base);
    }

    internal ref T Value => ref Unsafe.AsRef<T>(_base);

    /// <summary>Of this process alone.</summary>
    internal static SharedMemory<T> Private() => new();

    /// <summary>Makes the file anew, of zeros, in place of one that may be there: those who have that one keep it.</summary>
    /// <exception cref="RegionException">It cannot be made.</exception>
    internal static SharedMemory<T> Create(string path)
    {
        var making = $"{path}.{Environment.ProcessId}";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            var file = new FileStream(making, options);
            file.SetLength(sizeof(T));
            var memory = new SharedMemory<T>(file);
            memory.Sign();
            File.Move(making, path, overwrite: true);
            return memory;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RegionException(path, $"the {T.Name} cannot be made: {error.Message}", error);
        }
    }

    /// <exception cref="RegionException">It is not there, or is no such region.</exception>
    internal static SharedMemory<T> Open(string path)
    {
        SharedMemory<T> memory;
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length != sizeof(T))
            {
                var length = file.Length;
                file.Dispose();
                throw new RegionException(path, $"has {length} bytes where a {T.Name} of version {T.Version} has {sizeof(T)}: it is torn, or of another version");
            }
            memory = new SharedMemory<T>(file);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw new RegionException(path, $"there is no {T.Name} that this user may open: {error.Message}", error);
        }
        if (memory.Flaw() is not { } flaw)
            return memory;
        memory.Dispose();
        throw new RegionException(path, flaw);
    }

    public void Dispose()
    {
        if (_view is null)
            return;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file!.Dispose();
    }

    private ref RegionHeader Header => ref Unsafe.AsRef<RegionHeader>(_base);

    private void Sign()
    {
        Header.Version = T.Version;
        Header.Size = sizeof(T);
        Volatile.Write(ref Header.Magic, T.Magic);
    }

    private string? Flaw()
    {
        if (Volatile.Read(ref Header.Magic) != T.Magic)
            return $"is no {T.Name}";
        if (Header.Version != T.Version)
            return $"is a {T.Name} of version {Header.Version}, and this program knows version {T.Version}: run edgemas and edgemas-control of one release";
        return Header.Size == sizeof(T) ? null : $"is a {T.Name} that claims {Header.Size} bytes and has {sizeof(T)}";
    }
}

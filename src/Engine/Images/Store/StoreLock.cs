using Microsoft.Win32.SafeHandles;
using MiniDock.Linux;

namespace MiniDock.Engine.Images.Store;

/// <summary>The store's lock, held until disposed. It dies with its holder.</summary>
public sealed class StoreLock : IDisposable
{
    private readonly SafeFileHandle _file;

    private StoreLock(SafeFileHandle file) => _file = file;

    internal static StoreLock Take(StorePaths paths, bool exclusive)
    {
        Files.CreateDirectories(paths.Root, 0x1C0);
        var file = Files.Open(paths.Lock, OpenFlags.ReadWrite | OpenFlags.Create, 0x180);
        try
        {
            Files.Flock(file, exclusive);
            return new StoreLock(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose() => _file.Dispose();
}

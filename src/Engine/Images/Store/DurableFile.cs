using MiniDock.Linux;

namespace MiniDock.Engine.Images.Store;

/// <summary>Small files that must survive a power cut once they have their final name.</summary>
internal static class DurableFile
{
    /// <summary>Writes a new file and waits until it is on disk.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        using var file = Files.Open(path, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Truncate, 0x180);
        RandomAccess.Write(file, content, 0);
        Files.Fsync(file);
    }
}

using MiniDock.Engine.Images.Tar;
using MiniDock.Engine.Trees;

namespace MiniDock.Engine.Containers.Copying;

/// <summary>Counts what passes, as docker does: in bytes of the tar that it would be.</summary>
internal sealed class CopyMeter(ITreeSink sink) : ITreeSink
{
    /// <summary>The bytes, with the end mark.</summary>
    public long Bytes { get; private set; } = 2 * TarHeader.BlockBytes;

    /// <inheritdoc/>
    public void Add(TarEntry entry, FileData? data)
    {
        Bytes += TarHeader.BlockBytes + ((entry.StoredBytes + TarHeader.BlockBytes - 1) / TarHeader.BlockBytes * TarHeader.BlockBytes);
        sink.Add(entry, data);
    }
}

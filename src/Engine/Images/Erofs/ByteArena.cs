using MiniDock.Engine.Images.Tar;

namespace MiniDock.Engine.Images.Erofs;

/// <summary>Names, link targets and attributes of a layer, one after the other, up to a fixed total.</summary>
internal sealed class ByteArena(int capacityBytes)
{
    private const int ChunkBytes = 256 * 1024;

    private readonly List<byte[]> _chunks = [];
    private int _used = ChunkBytes;
    private long _reserved;

    /// <summary>Keeps a copy, and returns where.</summary>
    public int Add(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > ChunkBytes - _used)
        {
            Reserve(ChunkBytes);
            _chunks.Add(new byte[ChunkBytes]);
            _used = 0;
        }

        var position = ((_chunks.Count - 1) * ChunkBytes) + _used;
        bytes.CopyTo(_chunks[^1].AsSpan(_used));
        _used += bytes.Length;
        return position;
    }

    /// <summary>Counts bytes that are kept elsewhere.</summary>
    public void Reserve(int byteCount)
    {
        _reserved += byteCount;
        if (_reserved > capacityBytes)
        {
            throw new ArchiveException($"names, link targets and attributes take more than {capacityBytes >> 20} MiB together", "allow more with --max-entries");
        }
    }

    public ReadOnlySpan<byte> Get(int position, int length) =>
        length == 0 ? [] : _chunks[position / ChunkBytes].AsSpan(position % ChunkBytes, length);
}

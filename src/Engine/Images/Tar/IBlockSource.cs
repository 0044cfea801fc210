namespace MiniDock.Engine.Images.Tar;

/// <summary>An archive read once, from front to back, in blocks of 512 bytes.</summary>
public interface IBlockSource
{
    /// <summary>Bytes read and skipped so far.</summary>
    long PositionBytes { get; }

    /// <summary>The next block, valid until the next call; shorter than 512 bytes, or empty, at the end only.</summary>
    ReadOnlySpan<byte> ReadBlock();

    /// <summary>Passes over bytes without looking; returns how many there were.</summary>
    long Skip(long byteCount);
}

namespace MiniDock.Engine.Images.Compression;

/// <summary>How an archive is packed.</summary>
public enum CompressionKind
{
    None,
    Gzip,
    Xz,
    Zstd,
    Bzip2,
}

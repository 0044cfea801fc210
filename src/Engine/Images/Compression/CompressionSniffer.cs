namespace MiniDock.Engine.Images.Compression;

/// <summary>Tells how an archive is packed by its first bytes; names say nothing.</summary>
public static class CompressionSniffer
{
    /// <summary>Bytes that suffice for an answer.</summary>
    public const int NeededBytes = 6;

    public static CompressionKind Sniff(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith<byte>([0x1f, 0x8b]))
        {
            return CompressionKind.Gzip;
        }

        if (start.StartsWith<byte>([0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0]))
        {
            return CompressionKind.Xz;
        }

        // Frames may begin with skippable ones: 0x184D2A50 to 0x184D2A5F (RFC 8878).
        if (start.StartsWith<byte>([0x28, 0xb5, 0x2f, 0xfd])
            || (start.Length >= 4 && (start[0] & 0xf0) == 0x50 && start[1..].StartsWith<byte>([0x2a, 0x4d, 0x18])))
        {
            return CompressionKind.Zstd;
        }

        return start.StartsWith("BZh"u8) && start.Length > 3 && start[3] is >= (byte)'1' and <= (byte)'9'
            ? CompressionKind.Bzip2
            : CompressionKind.None;
    }
}

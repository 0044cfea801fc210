namespace MiniDock.Engine.Images.Compression;

/// <summary>An archive being unpacked, from front to back.</summary>
public interface IDecoder : IDisposable
{
    CompressionKind Kind { get; }

    /// <summary>Packed bytes taken from the source so far: what progress is measured by.</summary>
    long SourceBytes { get; }

    /// <summary>Unpacks into a buffer; 0 at the end, once everything is checked.</summary>
    /// <exception cref="Tar.ArchiveException">Damaged, cut short, or followed by something else.</exception>
    int Read(Span<byte> buffer);
}

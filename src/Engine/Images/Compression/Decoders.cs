using MiniDock.Engine.Images.Tar;
using MiniDock.Linux.Native.Compression;

namespace MiniDock.Engine.Images.Compression;

/// <summary>Opens archives by their content.</summary>
public static class Decoders
{
    /// <summary>Takes archives made by <c>xz -9</c>, whose dictionary of 64 MiB is only touched as far as it is filled.</summary>
    private const long XzMemoryBytes = 80L << 20;

    /// <summary>64 MiB of window: all of zstd's levels but <c>--ultra -22</c>.</summary>
    private const int ZstdWindowLog = 26;

    /// <summary>Finds out how the stream is packed and starts to unpack it. The stream stays the caller's.</summary>
    /// <exception cref="ArchiveException">The library for it is missing.</exception>
    public static IDecoder Open(Stream source)
    {
        var start = new byte[CompressionSniffer.NeededBytes];
        var count = source.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        var memory = start.AsMemory(0, count);
        var kind = CompressionSniffer.Sniff(memory.Span);
        try
        {
            return kind switch
            {
                CompressionKind.None => new PlainDecoder(source, memory),
                CompressionKind.Gzip => new NativeDecoder(kind, new GzipDecoder(), source, memory),
                CompressionKind.Xz => new NativeDecoder(kind, new XzDecoder(XzMemoryBytes), source, memory),
                CompressionKind.Zstd => new NativeDecoder(kind, new ZstdDecoder(ZstdWindowLog), source, memory),
                _ => new NativeDecoder(kind, new Bzip2Decoder(), source, memory),
            };
        }
        catch (MissingLibraryException e)
        {
            throw new ArchiveException(e.Message, $"install Debian's package {e.Package}", e);
        }
    }
}

namespace MiniDock.Linux.Native.Compression;

/// <summary>A decompressor that works from one piece of memory to another.</summary>
public interface IStreamDecoder : IDisposable
{
    /// <summary>Decodes as much as fits.</summary>
    /// <param name="input">What comes next.</param>
    /// <param name="output">Where to decode to.</param>
    /// <param name="isLastInput">Nothing follows <paramref name="input"/>.</param>
    /// <param name="consumed">Bytes taken from <paramref name="input"/>.</param>
    /// <param name="produced">Bytes put into <paramref name="output"/>.</param>
    DecodeStatus Decode(ReadOnlySpan<byte> input, Span<byte> output, bool isLastInput, out int consumed, out int produced);

    /// <summary>Makes ready for a member that follows one that ended.</summary>
    void Restart();
}

using System.Runtime.InteropServices;

namespace MiniDock.Linux.Native.Compression;

/// <summary>xz by the system's liblzma (lzma/container.h): all streams of a file and the padding between them, checks verified.</summary>
public sealed unsafe class XzDecoder : IStreamDecoder
{
    private const uint Concatenated = 0x08;
    private const int ActionRun = 0;
    private const int ActionFinish = 3;
    private const int Ok = 0;
    private const int StreamEnd = 1;
    private const int MemoryError = 5;
    private const int MemoryLimitError = 6;
    private const int BufferError = 10;

    private readonly delegate* unmanaged<LzmaStream*, int, int> _code;
    private readonly delegate* unmanaged<LzmaStream*, void> _end;
    private LzmaStream* _stream;

    /// <param name="memoryLimitBytes">Most memory that the dictionary and tables may take (preset -6 takes 9 MiB, -9 65 MiB).</param>
    /// <exception cref="MissingLibraryException">There is no liblzma.</exception>
    public XzDecoder(long memoryLimitBytes)
    {
        var start = (delegate* unmanaged<LzmaStream*, ulong, uint, int>)SystemLibrary.Lzma.Function("lzma_stream_decoder");
        _code = (delegate* unmanaged<LzmaStream*, int, int>)SystemLibrary.Lzma.Function("lzma_code");
        _end = (delegate* unmanaged<LzmaStream*, void>)SystemLibrary.Lzma.Function("lzma_end");
        _stream = (LzmaStream*)NativeMemory.AllocZeroed((nuint)sizeof(LzmaStream));
        if (start(_stream, (ulong)memoryLimitBytes, Concatenated) != Ok)
        {
            Dispose();
            throw new OutOfMemoryException("lzma_stream_decoder failed");
        }
    }

    ~XzDecoder() => Dispose();

    public DecodeStatus Decode(ReadOnlySpan<byte> input, Span<byte> output, bool isLastInput, out int consumed, out int produced)
    {
        ObjectDisposedException.ThrowIf(_stream is null, this);

        // SAFETY: liblzma reads and writes only within the two spans, which stay pinned until it returns.
        fixed (byte* from = input)
        fixed (byte* to = output)
        {
            _stream->NextIn = from;
            _stream->AvailableIn = (nuint)input.Length;
            _stream->NextOut = to;
            _stream->AvailableOut = (nuint)output.Length;
            var result = _code(_stream, isLastInput ? ActionFinish : ActionRun);
            consumed = input.Length - (int)_stream->AvailableIn;
            produced = output.Length - (int)_stream->AvailableOut;
            return result switch
            {
                Ok or BufferError => DecodeStatus.More,
                StreamEnd => DecodeStatus.End,
                MemoryError => DecodeStatus.OutOfMemory,
                MemoryLimitError => DecodeStatus.OverMemoryLimit,
                _ => DecodeStatus.Damaged,
            };
        }
    }

    /// <summary>Never needed: the end is the end of all streams.</summary>
    public void Restart() => throw new InvalidOperationException("xz ends once");

    public void Dispose()
    {
        if (_stream is not null)
        {
            _end(_stream);
            NativeMemory.Free(_stream);
            _stream = null;
        }

        GC.SuppressFinalize(this);
    }

    // lzma_stream of lzma/base.h, 136 bytes.
    [StructLayout(LayoutKind.Sequential, Size = 136)]
    private struct LzmaStream
    {
        public byte* NextIn;
        public nuint AvailableIn;
        public ulong TotalIn;
        public byte* NextOut;
        public nuint AvailableOut;
        public ulong TotalOut;
    }
}

using System.Runtime.InteropServices;

namespace MiniDock.Linux.Native.Compression;

/// <summary>bzip2 by the system's libbz2 (bzlib.h): one stream at a time, 3.7 MiB at the most, checksums verified.</summary>
public sealed unsafe class Bzip2Decoder : IStreamDecoder
{
    private const int Ok = 0;
    private const int StreamEnd = 4;
    private const int MemoryError = -3;

    private readonly delegate* unmanaged<BzStream*, int, int, int> _init;
    private readonly delegate* unmanaged<BzStream*, int> _decompress;
    private readonly delegate* unmanaged<BzStream*, int> _end;
    private BzStream* _stream;

    /// <exception cref="MissingLibraryException">There is no libbz2.</exception>
    public Bzip2Decoder()
    {
        _init = (delegate* unmanaged<BzStream*, int, int, int>)SystemLibrary.Bzip2.Function("BZ2_bzDecompressInit");
        _decompress = (delegate* unmanaged<BzStream*, int>)SystemLibrary.Bzip2.Function("BZ2_bzDecompress");
        _end = (delegate* unmanaged<BzStream*, int>)SystemLibrary.Bzip2.Function("BZ2_bzDecompressEnd");
        _stream = (BzStream*)NativeMemory.AllocZeroed((nuint)sizeof(BzStream));
        Start();
    }

    ~Bzip2Decoder() => Dispose();

    public DecodeStatus Decode(ReadOnlySpan<byte> input, Span<byte> output, bool isLastInput, out int consumed, out int produced)
    {
        ObjectDisposedException.ThrowIf(_stream is null, this);

        // SAFETY: libbz2 reads and writes only within the two spans, which stay pinned until it returns.
        fixed (byte* from = input)
        fixed (byte* to = output)
        {
            _stream->NextIn = from;
            _stream->AvailableIn = (uint)input.Length;
            _stream->NextOut = to;
            _stream->AvailableOut = (uint)output.Length;
            var result = _decompress(_stream);
            consumed = input.Length - (int)_stream->AvailableIn;
            produced = output.Length - (int)_stream->AvailableOut;
            return result switch
            {
                Ok => DecodeStatus.More,
                StreamEnd => DecodeStatus.End,
                MemoryError => DecodeStatus.OutOfMemory,
                _ => DecodeStatus.Damaged,
            };
        }
    }

    public void Restart()
    {
        ObjectDisposedException.ThrowIf(_stream is null, this);
        _ = _end(_stream);
        Start();
    }

    public void Dispose()
    {
        if (_stream is not null)
        {
            _ = _end(_stream);
            NativeMemory.Free(_stream);
            _stream = null;
        }

        GC.SuppressFinalize(this);
    }

    private void Start()
    {
        *_stream = default;
        if (_init(_stream, 0, 0) != Ok)
        {
            NativeMemory.Free(_stream);
            _stream = null;
            throw new OutOfMemoryException("BZ2_bzDecompressInit failed");
        }
    }

    // bz_stream of bzlib.h, 80 bytes.
    [StructLayout(LayoutKind.Explicit, Size = 80)]
    private struct BzStream
    {
        [FieldOffset(0)]
        public byte* NextIn;
        [FieldOffset(8)]
        public uint AvailableIn;
        [FieldOffset(24)]
        public byte* NextOut;
        [FieldOffset(32)]
        public uint AvailableOut;
    }
}

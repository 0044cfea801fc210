using System.Runtime.InteropServices;

namespace MiniDock.Linux.Native.Compression;

/// <summary>Zstandard by the system's libzstd (zstd.h, streaming decompression): frame after frame, skippable ones passed over.</summary>
public sealed unsafe class ZstdDecoder : IStreamDecoder
{
    private const int WindowLogMax = 100;
    private const int ErrorWindowTooLarge = 16;
    private const int ErrorMemory = 64;

    private readonly delegate* unmanaged<void*, OutBuffer*, InBuffer*, nuint> _decompress;
    private readonly delegate* unmanaged<void*, nuint> _free;
    private readonly delegate* unmanaged<nuint, uint> _isError;
    private readonly delegate* unmanaged<nuint, int> _errorCode;
    private void* _context;

    /// <param name="windowLog">Largest window, as a power of two (level 19 needs 23, --ultra -22 and --long 27).</param>
    /// <exception cref="MissingLibraryException">There is no libzstd.</exception>
    public ZstdDecoder(int windowLog)
    {
        var create = (delegate* unmanaged<void*>)SystemLibrary.Zstd.Function("ZSTD_createDCtx");
        var set = (delegate* unmanaged<void*, int, int, nuint>)SystemLibrary.Zstd.Function("ZSTD_DCtx_setParameter");
        _decompress = (delegate* unmanaged<void*, OutBuffer*, InBuffer*, nuint>)SystemLibrary.Zstd.Function("ZSTD_decompressStream");
        _free = (delegate* unmanaged<void*, nuint>)SystemLibrary.Zstd.Function("ZSTD_freeDCtx");
        _isError = (delegate* unmanaged<nuint, uint>)SystemLibrary.Zstd.Function("ZSTD_isError");
        _errorCode = (delegate* unmanaged<nuint, int>)SystemLibrary.Zstd.Function("ZSTD_getErrorCode");
        _context = create();
        if (_context is null || _isError(set(_context, WindowLogMax, windowLog)) != 0)
        {
            Dispose();
            throw new OutOfMemoryException("ZSTD_createDCtx failed");
        }
    }

    ~ZstdDecoder() => Dispose();

    public DecodeStatus Decode(ReadOnlySpan<byte> input, Span<byte> output, bool isLastInput, out int consumed, out int produced)
    {
        ObjectDisposedException.ThrowIf(_context is null, this);

        // SAFETY: libzstd reads and writes only within the two spans, which stay pinned until it returns.
        fixed (byte* from = input)
        fixed (byte* to = output)
        {
            var source = new InBuffer { Start = from, Size = (nuint)input.Length };
            var target = new OutBuffer { Start = to, Size = (nuint)output.Length };
            var result = _decompress(_context, &target, &source);
            consumed = (int)source.Position;
            produced = (int)target.Position;
            if (_isError(result) == 0)
            {
                return result == 0 ? DecodeStatus.End : DecodeStatus.More;
            }

            return _errorCode(result) switch
            {
                ErrorWindowTooLarge => DecodeStatus.OverMemoryLimit,
                ErrorMemory => DecodeStatus.OutOfMemory,
                _ => DecodeStatus.Damaged,
            };
        }
    }

    /// <summary>Nothing to do: libzstd begins the next frame by itself.</summary>
    public void Restart()
    {
    }

    public void Dispose()
    {
        if (_context is not null)
        {
            _ = _free(_context);
            _context = null;
        }

        GC.SuppressFinalize(this);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct InBuffer
    {
        public byte* Start;
        public nuint Size;
        public nuint Position;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct OutBuffer
    {
        public byte* Start;
        public nuint Size;
        public nuint Position;
    }
}

using System.Runtime.InteropServices;

namespace MiniDock.Linux.Native.Compression;

/// <summary>gzip by the zlib-ng inside the runtime, one member at a time, header and trailer checked by zlib itself.</summary>
/// <remarks>
/// GZipStream passes over bytes that follow the last member and takes a cut file for a whole one, so the functions under it
/// are called instead. They are not documented, but have been the same since .NET Core 1.0; a unit test holds them.
/// </remarks>
public sealed unsafe partial class GzipDecoder : IStreamDecoder
{
    private const string Library = "libSystem.IO.Compression.Native";
    private const int GzipOnlyWindow = 15 + 16;
    private const int NoFlush = 0;
    private const int Ok = 0;
    private const int StreamEnd = 1;
    private const int BufferError = -5;
    private const int MemoryError = -4;

    private ZStream* _stream;

    public GzipDecoder()
    {
        _stream = (ZStream*)NativeMemory.AllocZeroed((nuint)sizeof(ZStream));
        Start();
    }

    ~GzipDecoder() => Dispose();

    public DecodeStatus Decode(ReadOnlySpan<byte> input, Span<byte> output, bool isLastInput, out int consumed, out int produced)
    {
        ObjectDisposedException.ThrowIf(_stream is null, this);

        // SAFETY: zlib reads and writes only within the two spans, which stay pinned until it returns.
        fixed (byte* from = input)
        fixed (byte* to = output)
        {
            _stream->NextIn = from;
            _stream->AvailableIn = (uint)input.Length;
            _stream->NextOut = to;
            _stream->AvailableOut = (uint)output.Length;
            var result = Inflate(_stream, NoFlush);
            consumed = input.Length - (int)_stream->AvailableIn;
            produced = output.Length - (int)_stream->AvailableOut;
            return result switch
            {
                Ok or BufferError => DecodeStatus.More,
                StreamEnd => DecodeStatus.End,
                MemoryError => DecodeStatus.OutOfMemory,
                _ => DecodeStatus.Damaged,
            };
        }
    }

    public void Restart()
    {
        ObjectDisposedException.ThrowIf(_stream is null, this);
        _ = InflateEnd(_stream);
        Start();
    }

    public void Dispose()
    {
        if (_stream is not null)
        {
            _ = InflateEnd(_stream);
            NativeMemory.Free(_stream);
            _stream = null;
        }

        GC.SuppressFinalize(this);
    }

    private void Start()
    {
        *_stream = default;
        if (InflateInit(_stream, GzipOnlyWindow) != Ok)
        {
            NativeMemory.Free(_stream);
            _stream = null;
            throw new OutOfMemoryException("inflateInit2 failed");
        }
    }

    [LibraryImport(Library, EntryPoint = "CompressionNative_InflateInit2_")]
    private static partial int InflateInit(ZStream* stream, int windowBits);

    [LibraryImport(Library, EntryPoint = "CompressionNative_Inflate")]
    private static partial int Inflate(ZStream* stream, int flush);

    [LibraryImport(Library, EntryPoint = "CompressionNative_InflateEnd")]
    private static partial int InflateEnd(ZStream* stream);

    // PAL_ZStream of the runtime's src/native/libs/System.IO.Compression.Native/pal_zlib.h.
    [StructLayout(LayoutKind.Sequential)]
    private struct ZStream
    {
        public byte* NextIn;
        public byte* NextOut;
        public byte* Message;
        public void* State;
        public uint AvailableIn;
        public uint AvailableOut;
    }
}

using System.Buffers;

namespace MiniDock.Linux.Native;

/// <summary>A NUL-terminated copy of a path, on the caller's stack where it fits.</summary>
internal ref struct CString
{
    /// <summary>Bytes that callers reserve on the stack; longer paths are rented.</summary>
    public const int StackSize = 384;

    private readonly Span<byte> _buffer;
    private byte[]? _rented;

    public CString(PathName path, Span<byte> stack)
    {
        int needed = path.MaxByteCount + 1;
        _buffer = needed <= stack.Length ? stack : (_rented = ArrayPool<byte>.Shared.Rent(needed));
        int length = path.CopyTo(_buffer);

        // A NUL would silently cut the name: the kernel would act on another file than the one that was checked.
        if (_buffer[..length].Contains((byte)0))
        {
            Dispose();
            throw new LinuxException("use path", path.ToString().Replace('\0', '?'), Errno.EINVAL, "contains a NUL byte");
        }

        _buffer[length] = 0;
    }

    public readonly ref byte GetPinnableReference() => ref _buffer[0];

    public void Dispose()
    {
        if (_rented is { } rented)
        {
            _rented = null;
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}

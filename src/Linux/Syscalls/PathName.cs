using System.Text;

namespace MiniDock.Linux;

/// <summary>
/// A path as the kernel sees it: bytes. Converts from <see cref="string"/> (encoded as UTF-8) and from raw bytes, because names
/// in archives and on disk need not be UTF-8.
/// </summary>
public readonly ref struct PathName
{
    private readonly string? _text;
    private readonly ReadOnlySpan<byte> _bytes;

    /// <summary>A path from text.</summary>
    public PathName(string text) => _text = text;

    /// <summary>A path from bytes, without a terminating NUL.</summary>
    public PathName(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    public static implicit operator PathName(string text) => new(text);

    public static implicit operator PathName(ReadOnlySpan<byte> bytes) => new(bytes);

    public static implicit operator PathName(Span<byte> bytes) => new(bytes);

    public static implicit operator PathName(byte[] bytes) => new(bytes);

    internal bool IsEmpty => _text is null ? _bytes.IsEmpty : _text.Length == 0;

    internal bool IsAbsolute => _text is null ? !_bytes.IsEmpty && _bytes[0] == (byte)'/' : _text.StartsWith('/');

    internal int MaxByteCount => _text is null ? _bytes.Length : Encoding.UTF8.GetMaxByteCount(_text.Length);

    internal int CopyTo(Span<byte> destination)
    {
        if (_text is not null)
        {
            return Encoding.UTF8.GetBytes(_text, destination);
        }

        _bytes.CopyTo(destination);
        return _bytes.Length;
    }

    /// <summary>The path for error messages; bytes that are not UTF-8 become U+FFFD.</summary>
    public override string ToString() => _text ?? Encoding.UTF8.GetString(_bytes);
}

using System.Buffers;
using MiniDock.Linux;

namespace MiniDock.Engine.Host;

/// <summary>Reads small files of /proc and /sys into one buffer that every call uses again.</summary>
internal sealed class ProcReader : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(16 << 10);

    /// <summary>The whole file, valid until the next call.</summary>
    /// <exception cref="LinuxException">It cannot be read.</exception>
    public ReadOnlySpan<byte> Read(string path)
    {
        var errno = TryRead(path, out var content);
        return errno == Errno.Success ? content : throw new LinuxException("read", path, errno);
    }

    /// <summary>The whole file, valid until the next call.</summary>
    public Errno TryRead(string path, out ReadOnlySpan<byte> content)
    {
        content = default;
        var errno = Files.TryOpenAt(null, path, OpenFlags.ReadOnly, 0, out var file);
        using (file)
        {
            var length = 0;
            var count = 1;
            while (errno == Errno.Success && count > 0)
            {
                if (length == _buffer.Length)
                {
                    Array.Resize(ref _buffer, length * 2);
                }

                errno = Files.TryRead(file, _buffer.AsSpan(length), out count);
                length += count;
            }

            content = _buffer.AsSpan(0, length);
            return errno;
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);
}

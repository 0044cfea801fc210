using Microsoft.Win32.SafeHandles;

namespace MiniDock.Engine.Host;

/// <summary>Reads small files of /proc and /sys into one buffer that every call uses again.</summary>
internal sealed class ProcReader : IDisposable
{
    private byte[] _buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(16 << 10);

    /// <summary>The whole file, valid until the next call.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public ReadOnlySpan<byte> Read(string path)
    {
        // FileShare.ReadWrite keeps the runtime from taking an advisory lock.
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return Read(handle);
    }

    /// <summary>The whole file, or false where it does not exist or may not be read.</summary>
    public bool TryRead(string path, out ReadOnlySpan<byte> content)
    {
        try
        {
            content = Read(path);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            content = default;
            return false;
        }
    }

    public void Dispose() => System.Buffers.ArrayPool<byte>.Shared.Return(_buffer);

    private ReadOnlySpan<byte> Read(SafeFileHandle handle)
    {
        var length = 0;
        while (true)
        {
            var count = RandomAccess.Read(handle, _buffer.AsSpan(length), length);
            if (count == 0)
            {
                return _buffer.AsSpan(0, length);
            }

            length += count;
            if (length == _buffer.Length)
            {
                Array.Resize(ref _buffer, length * 2);
            }
        }
    }
}

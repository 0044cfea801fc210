using System.Text;
using Microsoft.Win32.SafeHandles;
using MiniDock.Engine.Containers.Session;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Logs;

/// <summary>A file that is read while another process appends to it, line by line; a line counts once its line feed is there.</summary>
internal sealed class GrowingFile : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly ulong _inode;
    private readonly string _path;
    private readonly ByteQueue _rest = new();
    private readonly byte[] _buffer = new byte[16 * 1024];
    private long _offset;

    private GrowingFile(string path, SafeFileHandle file) => (_path, _file, _inode) = (path, file, Files.Stat(file).Inode);

    /// <summary>Whether the name leads to another file by now.</summary>
    public bool IsReplaced => Files.TryStatAt(null, _path, followLink: false, out var now) != Errno.Success || now.Inode != _inode;

    public static GrowingFile? Open(string path) =>
        Files.TryOpenAt(null, path, OpenFlags.ReadOnly, 0, out var file) == Errno.Success ? new GrowingFile(path, file) : null;

    /// <summary>The next line, or null while there is none.</summary>
    public string? ReadLine()
    {
        while (true)
        {
            var end = _rest.Span.IndexOf((byte)'\n');
            if (end >= 0)
            {
                var line = Encoding.UTF8.GetString(_rest.Span[..end]);
                _rest.Take(end + 1);
                return line;
            }

            var count = RandomAccess.Read(_file, _buffer, _offset);
            if (count == 0)
            {
                return null;
            }

            _offset += count;
            _rest.Add(_buffer.AsSpan(0, count));
        }
    }

    public void Dispose() => _file.Dispose();
}

using System.Text;
using Microsoft.Win32.SafeHandles;
using MiniDock.Linux;

namespace MiniDock.Plugins.Network.Records;

/// <summary>
/// A file of text records of one size, held under flock(2) while it is open. Each change is one write of one record, so that a
/// process killed at any instant leaves every record whole; a blank record is free. The kernel frees the lock of a dead holder.
/// </summary>
public sealed class RecordFile : IDisposable
{
    /// <summary>Bytes of a record, its line feed included.</summary>
    public const int RecordBytes = 256;

    private readonly SafeFileHandle _file;
    private readonly List<string> _records = [];

    private RecordFile(SafeFileHandle file) => _file = file;

    /// <summary>The records by their place; the empty string is a free one.</summary>
    public IReadOnlyList<string> Records => _records;

    /// <summary>Opens and locks a file, making it and its directory where they are missing. Waits for the lock.</summary>
    public static RecordFile Open(string path)
    {
        const OpenFlags Flags = OpenFlags.ReadWrite | OpenFlags.Create;
        var errno = Files.TryOpenAt(null, path, Flags, 0x180, out var handle);
        if (errno == Errno.ENOENT)
        {
            Files.CreateDirectories(Path.GetDirectoryName(path)!, 0x1c0);
            handle = Files.Open(path, Flags, 0x180);
        }
        else if (errno != Errno.Success)
        {
            throw new LinuxException("open", path, errno);
        }

        return Locked(handle);
    }

    /// <summary>Opens and locks a file that may be missing; null where it is.</summary>
    public static RecordFile? OpenExisting(string path)
    {
        var errno = Files.TryOpenAt(null, path, OpenFlags.ReadWrite, 0, out var handle);
        return errno switch
        {
            Errno.Success => Locked(handle),
            Errno.ENOENT or Errno.ENOTDIR => null,
            _ => throw new LinuxException("open", path, errno),
        };
    }

    /// <summary>Writes a record into the first free place, or behind the last.</summary>
    public void Add(string record)
    {
        var place = _records.IndexOf("");
        Set(place < 0 ? _records.Count : place, record);
    }

    /// <summary>Writes a record; the empty string frees its place.</summary>
    public void Set(int place, string record)
    {
        Span<byte> bytes = stackalloc byte[RecordBytes];
        bytes.Fill((byte)' ');
        bytes[^1] = (byte)'\n';
        if (Encoding.UTF8.GetByteCount(record) >= RecordBytes)
        {
            throw new ArgumentException($"a record holds {RecordBytes - 1} bytes", nameof(record));
        }

        Encoding.UTF8.GetBytes(record, bytes);
        RandomAccess.Write(_file, bytes, (long)place * RecordBytes);
        if (place == _records.Count)
        {
            _records.Add(record);
        }
        else
        {
            _records[place] = record;
        }
    }

    /// <summary>Frees the lock.</summary>
    public void Dispose() => _file.Dispose();

    private static RecordFile Locked(SafeFileHandle handle)
    {
        try
        {
            Files.Flock(handle, exclusive: true);
            var file = new RecordFile(handle);
            file.ReadAll();
            return file;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    private void ReadAll()
    {
        var length = (int)RandomAccess.GetLength(_file);
        var bytes = new byte[length];
        var count = RandomAccess.Read(_file, bytes, 0);
        for (var at = 0; at + RecordBytes <= count; at += RecordBytes)
        {
            _records.Add(Encoding.UTF8.GetString(bytes, at, RecordBytes).TrimEnd());
        }
    }
}

using System.Buffers;
using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;

namespace MiniDock.Engine.Events;

/// <summary>
/// What has happened since boot, as far as it fits: there is no daemon, so whoever does something appends a line to one file, and whoever
/// listens reads on there. Lines of several processes never mix: each is one write(2) to a file that was opened with O_APPEND.
/// </summary>
/// <remarks>Events are told for others' sake. One that cannot be written is lost, and what it tells of is not held up.</remarks>
public sealed class EventLog(EnginePaths paths)
{
    /// <summary>A file that has grown to this is put aside.</summary>
    internal const int FileBytes = 1 << 20;

    /// <summary>Full files that are kept: one for those who ask later, and many while somebody listens who may be slow.</summary>
    private const int KeptFiles = 1;
    private const int KeptFilesForListeners = 64;

    private readonly EventFiles _files = new(paths);

    /// <summary>Whether somebody may be listening. A listener that was killed counts until the next one comes or the log is rotated.</summary>
    public bool IsListenedTo => Files.Exists(_files.Listening);

    /// <summary>Tells what has happened.</summary>
    public void Append(params ReadOnlySpan<EngineEvent> events)
    {
        var lines = new ArrayBufferWriter<byte>(1024);
        foreach (var happened in events)
        {
            EventFormat.Write(lines, happened);
        }

        try
        {
            Write(lines.WrittenSpan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // See the remarks.
        }
    }

    private void Write(ReadOnlySpan<byte> lines)
    {
        if (lines.IsEmpty || !TryOpen(out var file))
        {
            return;
        }

        using (file)
        {
            Files.TryWrite(file, lines, out _);
            if (RandomAccess.GetLength(file) > FileBytes)
            {
                Rotate();
            }
        }
    }

    private bool TryOpen(out SafeFileHandle file)
    {
        const OpenFlags flags = OpenFlags.WriteOnly | OpenFlags.Append | OpenFlags.Create;
        var error = Files.TryOpenAt(null, _files.Current, flags, 0x180, out file);
        if (error == Errno.ENOENT)
        {
            _files.Make();
            error = Files.TryOpenAt(null, _files.Current, flags, 0x180, out file);
        }

        return error == Errno.Success;
    }

    private void Rotate()
    {
        if (Files.TryOpenAt(null, _files.Lock, OpenFlags.WriteOnly | OpenFlags.Create, 0x180, out var held) != Errno.Success)
        {
            return;
        }

        using (held)
        {
            // Somebody else may be at it, or may have done it since we looked.
            if (Files.TryFlock(held, exclusive: true, wait: false) != Errno.Success
                || Files.TryStatAt(null, _files.Current, followLink: false, out var current) != Errno.Success || current.SizeBytes <= FileBytes)
            {
                return;
            }

            var numbers = _files.Numbers();
            Files.TryRenameAt2(null, _files.Current, null, _files.Numbered(numbers.Count == 0 ? 1 : numbers[^1] + 1), RenameFlags.NoReplace);
            var kept = HasListeners() ? KeptFilesForListeners : KeptFiles;
            for (var i = 0; i <= numbers.Count - kept; i++)
            {
                Files.TryUnlinkAt(null, _files.Numbered(numbers[i]));
            }
        }
    }

    // A mark that nobody holds is a killed listener's.
    private bool HasListeners()
    {
        if (Files.TryOpenAt(null, _files.Listening, OpenFlags.ReadOnly, 0, out var mark) != Errno.Success)
        {
            return false;
        }

        using (mark)
        {
            if (Files.TryFlock(mark, exclusive: true, wait: false) != Errno.Success)
            {
                return true;
            }

            Files.TryUnlinkAt(null, _files.Listening);
            return false;
        }
    }
}

using System.Diagnostics;
using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;

namespace MiniDock.Engine.Events;

/// <summary>
/// Reads the event log and goes on with what comes. Nothing that is told while it listens is lost, however slow it is or however often the log is
/// rotated meanwhile: full files are kept for it, and those that it has read stay open for writers that were late.
/// </summary>
public sealed class EventListener : IDisposable
{
    /// <summary>Files that stay open behind the current one: a writer may have opened one just before it was put aside.</summary>
    private const int KeptOpen = 4;

    private readonly EventFiles _files;
    private readonly DirectoryWatch _watch;
    private readonly List<EventFile> _open = [];
    private readonly SafeFileHandle _mark;
    private readonly long _startedAt;
    private readonly bool _hasHistory;
    private long _lastNumber;

    /// <summary>Begins to listen.</summary>
    /// <param name="paths">The engine's directories.</param>
    /// <param name="history">Whether what the log holds already is given too.</param>
    public EventListener(EnginePaths paths, bool history)
    {
        _files = new EventFiles(paths);
        _files.Make();
        _watch = DirectoryWatch.Open(_files.Directory);
        _hasHistory = history;
        if (!history)
        {
            // From the current end on. The mark comes last: whoever sees it may rely on being heard.
            _lastNumber = _files.Numbers().LastOrDefault();
            OpenCurrent(fromEnd: true);
        }

        _startedAt = Stopwatch.GetTimestamp();
        _mark = Mark();
    }

    /// <summary>Readable when there may be more.</summary>
    public SafeFileHandle Ready => _watch.File;

    /// <summary>What was told since the last call.</summary>
    public List<EngineEvent> Read()
    {
        _watch.Clear();
        var events = new List<EngineEvent>();
        do
        {
            _open.ForEach(file => file.Read(events));
        }
        while (OpenMore());

        if (!_hasHistory)
        {
            events.RemoveAll(e => e.IsLate && e.Monotonic < _startedAt);
        }

        // A run that nobody listened to tells its beginning with its end.
        events.Sort((a, b) => a.Monotonic.CompareTo(b.Monotonic));
        return events;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The last one takes the mark away.
        if (Files.TryFlock(_mark, exclusive: true, wait: false) == Errno.Success)
        {
            Files.TryUnlinkAt(null, _files.Listening);
        }

        _mark.Dispose();
        _watch.Dispose();
        _open.ForEach(file => file.Dispose());
    }

    // Whoever rotates or leaves may remove the file between our opening and locking it.
    private SafeFileHandle Mark()
    {
        while (true)
        {
            var mark = Files.Open(_files.Listening, OpenFlags.ReadWrite | OpenFlags.Create, 0x180);
            Files.Flock(mark, exclusive: false);
            if (Files.TryStatAt(null, _files.Listening, followLink: false, out var named) == Errno.Success && named.Inode == Files.Stat(mark).Inode)
            {
                return mark;
            }

            mark.Dispose();
        }
    }

    /// <returns>Whether there is a file that was not read yet.</returns>
    private bool OpenMore()
    {
        var found = false;
        foreach (var number in _files.Numbers())
        {
            if (number > _lastNumber && Files.TryOpenAt(null, _files.Numbered(number), OpenFlags.ReadOnly, 0, out var file) == Errno.Success)
            {
                _lastNumber = number;
                found |= Take(file, fromEnd: false);
            }
        }

        // In this order: a file that is put aside in between is found by the next round.
        found |= OpenCurrent(fromEnd: false);
        while (_open.Count > KeptOpen + 1 && !found)
        {
            _open[0].Dispose();
            _open.RemoveAt(0);
        }

        return found;
    }

    private bool OpenCurrent(bool fromEnd) =>
        Files.TryOpenAt(null, _files.Current, OpenFlags.ReadOnly, 0, out var file) == Errno.Success && Take(file, fromEnd);

    private bool Take(SafeFileHandle file, bool fromEnd)
    {
        var inode = Files.Stat(file).Inode;
        if (_open.Exists(f => f.Inode == inode))
        {
            file.Dispose();
            return false;
        }

        _open.Add(new EventFile(file, inode, fromEnd ? RandomAccess.GetLength(file) : 0));
        return true;
    }
}

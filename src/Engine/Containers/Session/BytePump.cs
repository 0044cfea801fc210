using Microsoft.Win32.SafeHandles;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Session;

/// <summary>Carries bytes one way. It holds one buffer: nothing more is read before the last is written.</summary>
/// <param name="from">Where from.</param>
/// <param name="to">Where to; closed by <see cref="Close"/> where <paramref name="closes"/> is true, which the reader sees as the end.</param>
/// <param name="closes">Whether the end of the one ends the other.</param>
/// <param name="sees">Told what is about to be written, or null.</param>
/// <param name="goesOn">Whether it goes on for <paramref name="sees"/> alone when nobody takes what it writes.</param>
internal sealed class BytePump(SafeFileHandle from, SafeFileHandle to, bool closes = false, Action<ReadOnlyMemory<byte>>? sees = null, bool goesOn = false)
{
    // A pipe or terminal that poll(2) calls writable takes this much without blocking.
    private const int BufferBytes = 4096;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _start;
    private int _end;
    private bool _isAlone;

    /// <summary>Whether there is nothing left to carry.</summary>
    public bool IsDone { get; private set; }

    /// <summary>What to wait for.</summary>
    public PollItem Item => IsDone ? default : _start < _end ? new PollItem(to, PollEvents.Write) : new PollItem(from, PollEvents.Read);

    /// <summary>Does the one call that <see cref="Item"/> waited for.</summary>
    /// <returns>Whether something was carried.</returns>
    public bool Step()
    {
        if (_start < _end)
        {
            return Write();
        }

        var error = Files.TryRead(from, _buffer, out var count);
        if (error == Errno.EAGAIN)
        {
            return false;
        }

        // EIO: the last slave of a terminal is closed.
        if (error != Errno.Success || count == 0)
        {
            Close();
            return false;
        }

        (_start, _end) = (0, _isAlone ? 0 : count);
        sees?.Invoke(_buffer.AsMemory(0, count));
        return true;
    }

    /// <summary>Ends it.</summary>
    public void Close()
    {
        IsDone = true;
        if (closes)
        {
            to.Dispose();
        }
    }

    private bool Write()
    {
        var error = Files.TryWrite(to, _buffer.AsSpan(_start, _end - _start), out var count);
        if (error == Errno.EAGAIN)
        {
            return false;
        }

        if (error != Errno.Success && goesOn)
        {
            (_isAlone, _start) = (true, _end);
            return true;
        }

        if (error != Errno.Success)
        {
            Close();
            return false;
        }

        _start += count;
        return true;
    }
}

using Microsoft.Win32.SafeHandles;
using MiniDock.Engine.Containers.Session;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Monitor;

/// <summary>Writes to a container's standard input without ever waiting for it.</summary>
internal sealed class InputWriter : IDisposable
{
    private const byte EndOfTransmission = 4;

    private readonly ByteQueue _pending = new();
    private readonly bool _isTerminal;
    private SafeFileHandle? _file;
    private EventLoop.Registration? _registration;
    private bool _ending;

    /// <param name="loop">Waits for room.</param>
    /// <param name="file">Where it writes, owned from here on; null swallows everything.</param>
    /// <param name="isTerminal">A terminal's end of input is ^D.</param>
    public InputWriter(EventLoop loop, SafeFileHandle? file, bool isTerminal)
    {
        (_file, _isTerminal) = (file, isTerminal);
        if (file is not null)
        {
            Files.SetNonBlocking(file, true);
            _registration = loop.Add(file, PollEvents.None, Serve);
        }
    }

    public int PendingBytes => _pending.Count;

    /// <summary>Called when all that was pending has been taken.</summary>
    public Action? Taken { get; set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (_file is not null && !_ending)
        {
            _pending.Add(bytes);
            Flush();
        }
    }

    public void End()
    {
        if (_isTerminal)
        {
            Write([EndOfTransmission]);
            return;
        }

        _ending = true;
        Flush();
    }

    public void Dispose()
    {
        _registration?.Dispose();
        _registration = null;
        _file?.Dispose();
        _file = null;
    }

    private void Serve(PollEvents events)
    {
        if ((events & (PollEvents.Error | PollEvents.HangUp)) != 0)
        {
            _pending.Take(_pending.Count);
            Taken?.Invoke();
            Dispose();
        }
        else
        {
            Flush();
        }
    }

    private void Flush()
    {
        while (_file is not null && _pending.Count > 0)
        {
            switch (Files.TryWrite(_file, _pending.Span, out var count))
            {
                case Errno.Success:
                    _pending.Take(count);
                    continue;
                case Errno.EAGAIN:
                    _registration!.WaitFor(PollEvents.Write);
                    return;
                default:
                    // Nobody reads any more.
                    _pending.Take(_pending.Count);
                    Dispose();
                    break;
            }
        }

        _registration?.WaitFor(PollEvents.None);
        Taken?.Invoke();
        if (_ending)
        {
            Dispose();
        }
    }
}

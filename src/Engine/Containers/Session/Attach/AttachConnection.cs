using Microsoft.Win32.SafeHandles;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Session.Attach;

/// <summary>One end of an attach socket: messages in both directions, buffered, never blocking.</summary>
internal sealed class AttachConnection : IDisposable
{
    private readonly SafeFileHandle _socket;
    private readonly EventLoop.Registration _registration;
    private readonly ByteQueue _received = new();
    private readonly ByteQueue _toSend = new();
    private readonly byte[] _buffer = new byte[16 * 1024];
    private readonly Action<AttachKind, byte[]> _message;
    private readonly Action _closed;
    private bool _reading = true;

    /// <param name="loop">Serves the socket.</param>
    /// <param name="socket">The socket; owned from here on.</param>
    /// <param name="message">Called for each message.</param>
    /// <param name="closed">Called once when the other end is gone or talks nonsense.</param>
    public AttachConnection(EventLoop loop, SafeFileHandle socket, Action<AttachKind, byte[]> message, Action closed)
    {
        _socket = socket;
        _message = message;
        _closed = closed;
        Files.SetNonBlocking(socket, true);
        _registration = loop.Add(socket, PollEvents.Read, Serve);
    }

    /// <summary>Bytes that the other end has not taken yet.</summary>
    public int PendingBytes => _toSend.Count;

    /// <summary>Sends a message as soon as the socket takes it.</summary>
    public void Send(AttachKind kind, ReadOnlySpan<byte> content)
    {
        AttachFrame.Append(_toSend, kind, content);
        Flush();
    }

    /// <summary>Stops or goes on to read: back-pressure on a client whose input nobody takes.</summary>
    public void SetReading(bool reading)
    {
        _reading = reading;
        Wait();
    }

    /// <summary>Sends what is left, for at most the given time: the end of a connection.</summary>
    public void Drain(int timeoutMilliseconds)
    {
        var deadline = Environment.TickCount64 + timeoutMilliseconds;
        while (_toSend.Count > 0 && Environment.TickCount64 < deadline && TryFlush())
        {
            Polling.WaitFor(_socket, PollEvents.Write, (int)Math.Max(0, deadline - Environment.TickCount64));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _registration.Dispose();
        _socket.Dispose();
    }

    private void Serve(PollEvents events)
    {
        if (events.HasFlag(PollEvents.Write))
        {
            Flush();
        }

        if ((events & (PollEvents.Read | PollEvents.HangUp | PollEvents.Error)) != 0 && !Receive())
        {
            _closed();
        }
    }

    private bool Receive()
    {
        var error = Files.TryRead(_socket, _buffer, out var count);
        if (error == Errno.EAGAIN)
        {
            return true;
        }

        if (error != Errno.Success || count == 0)
        {
            return false;
        }

        _received.Add(_buffer.AsSpan(0, count));
        try
        {
            while (AttachFrame.WholeLength(_received.Span) is var length and > 0)
            {
                var frame = _received.Span[..length].ToArray();
                _received.Take(length);
                _message((AttachKind)frame[0], frame[AttachFrame.HeadBytes..]);
            }
        }
        catch (InvalidDataException)
        {
            return false;
        }

        return true;
    }

    private void Flush()
    {
        TryFlush();
        Wait();
    }

    // A broken socket is noticed by the read that its hang-up causes.
    private bool TryFlush()
    {
        while (_toSend.Count > 0)
        {
            var error = Files.TryWrite(_socket, _toSend.Span, out var count);
            if (error != Errno.Success)
            {
                return error == Errno.EAGAIN;
            }

            _toSend.Take(count);
        }

        return true;
    }

    private void Wait() =>
        _registration.WaitFor((_reading ? PollEvents.Read : PollEvents.None) | (_toSend.Count > 0 ? PollEvents.Write : PollEvents.None));
}

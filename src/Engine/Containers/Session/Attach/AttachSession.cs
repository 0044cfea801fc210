using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Session.Attach;

/// <summary>A user's terminal or streams, connected with the monitor of a running container.</summary>
public sealed class AttachSession
{
    /// <summary>Input that the monitor has not taken yet is read no further than this.</summary>
    private const int MaxPendingBytes = 64 * 1024;

    private readonly SessionOptions _options;
    private readonly bool _isTerminal;
    private readonly EventLoop _loop = new();
    private readonly SafeFileHandle _input = Files.Borrow(0);
    private readonly SafeFileHandle _output = Files.Borrow(1);
    private readonly SafeFileHandle _error = Files.Borrow(2);
    private readonly byte[] _buffer = new byte[4096];
    private AttachConnection? _connection;
    private AttachEnd? _end;
    private SafeFileHandle? _wake;
    private ulong _arrived;
    private bool _inputIsFile;

    /// <param name="options">How the user's side behaves.</param>
    /// <param name="isTerminal">Whether the container has a terminal.</param>
    public AttachSession(SessionOptions options, bool isTerminal) => (_options, _isTerminal) = (options, isTerminal);

    /// <summary>Connects with the monitor that serves a run directory.</summary>
    /// <returns>Null where there is none.</returns>
    public static SafeFileHandle? Connect(string runDirectory) =>
        AttachSocket.Connect(runDirectory);

    /// <summary>Waits for the end of a container without taking part in its session.</summary>
    /// <returns>Its exit code; null where no monitor serves it, or it was killed.</returns>
    public static int? WaitForExit(string runDirectory)
    {
        if (Connect(runDirectory) is not { } socket)
        {
            return null;
        }

        AttachEnd? end = null;
        using var loop = new EventLoop();
        using var connection = new AttachConnection(
            loop,
            socket,
            (kind, content) => end ??= kind == AttachKind.Exit ? AttachEnd.Exited(BinaryPrimitives.ReadInt32LittleEndian(content)) : null,
            () => end ??= AttachEnd.Lost);
        while (end is null)
        {
            loop.Turn();
        }

        return end.Value.ExitCode;
    }

    /// <summary>Carries data until the container ends or the user detaches.</summary>
    /// <param name="socket">A connection of <see cref="Connect"/>, owned from here on.</param>
    public AttachEnd Run(SafeFileHandle socket)
    {
        using var loop = _loop;
        using var connection = _connection = new AttachConnection(_loop, socket, Receive, () => _end ??= AttachEnd.Lost);
        using var wake = _wake = Polling.EventFd();
        using var awakened = _loop.Add(wake, PollEvents.Read, _ => TakeArrived());
        using var forwarding = _isTerminal ? SignalForwarding.OfTerminal(Note) : _options.ForwardSignals ? SignalForwarding.OfAll(Note) : null;
        var before = _isTerminal && _options.Interactive && Terminals.IsATty(_input) ? Terminals.MakeRaw(_input) : null;
        try
        {
            Resize();
            using var input = _options.Interactive ? OpenInput() : null;
            while (_end is null)
            {
                if (_inputIsFile && _connection.PendingBytes < MaxPendingBytes)
                {
                    ReadInput(input);
                }

                _loop.Turn(_inputIsFile && _connection.PendingBytes < MaxPendingBytes ? 0 : -1);
            }

            return _end.Value;
        }
        finally
        {
            if (before is not null)
            {
                Terminals.SetState(_input, before);
            }
        }
    }

    // A regular file is always ready and cannot be waited for.
    private EventLoop.Registration? OpenInput()
    {
        EventLoop.Registration? registration = null;
        try
        {
            registration = _loop.Add(_input, PollEvents.Read, _ => ReadInput(registration));
        }
        catch (LinuxException e) when (e.Errno == Errno.EPERM)
        {
            _inputIsFile = true;
        }

        return registration;
    }

    private void ReadInput(EventLoop.Registration? registration)
    {
        var error = Files.TryRead(_input, _buffer, out var count);
        if (error == Errno.EAGAIN)
        {
            return;
        }

        if (error != Errno.Success || count == 0)
        {
            _inputIsFile = false;
            registration?.Dispose();
            _connection!.Send(AttachKind.InputEnd, []);
            return;
        }

        if (_isTerminal && _options.DetachKeys.Sees(_buffer.AsSpan(0, count)))
        {
            _end = AttachEnd.Detached;
            return;
        }

        _connection!.Send(AttachKind.Input, _buffer.AsSpan(0, count));
    }

    private void Receive(AttachKind kind, byte[] content)
    {
        switch (kind)
        {
            case AttachKind.Output:
                WriteAll(_output, content);
                break;
            case AttachKind.Error:
                WriteAll(_error, content);
                break;
            case AttachKind.Exit when content.Length == sizeof(int):
                _end = AttachEnd.Exited(BinaryPrimitives.ReadInt32LittleEndian(content));
                break;
        }
    }

    // On a thread of the runtime's: the loop sends.
    private void Note(Signal signal)
    {
        Interlocked.Or(ref _arrived, 1UL << ((int)signal - 1));
        if (_wake is { IsClosed: false } wake)
        {
            Polling.SignalEvent(wake);
        }
    }

    private void TakeArrived()
    {
        Files.TryRead(_wake!, _buffer, out var _);
        var arrived = Interlocked.Exchange(ref _arrived, 0);
        for (var number = 1; number <= 64; number++)
        {
            if ((arrived & (1UL << (number - 1))) == 0)
            {
                continue;
            }

            if (number == (int)Signal.SIGWINCH)
            {
                Resize();
            }
            else
            {
                _connection!.Send(AttachKind.Signal, [(byte)number]);
            }
        }
    }

    private void Resize()
    {
        if (_isTerminal && (Terminals.TryGetWindowSize(_output, out var size) || Terminals.TryGetWindowSize(_input, out size)))
        {
            Span<byte> content = stackalloc byte[4];
            BinaryPrimitives.WriteUInt16LittleEndian(content, size.Rows);
            BinaryPrimitives.WriteUInt16LittleEndian(content[2..], size.Columns);
            _connection!.Send(AttachKind.Resize, content);
        }
    }

    // Whoever reads our output decides how fast; the monitor buffers meanwhile. A reader that is gone loses it.
    private static void WriteAll(SafeFileHandle file, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            switch (Files.TryWrite(file, bytes, out var count))
            {
                case Errno.Success:
                    bytes = bytes[count..];
                    break;
                case Errno.EAGAIN:
                    Polling.WaitFor(file, PollEvents.Write, -1);
                    break;
                default:
                    return;
            }
        }
    }
}

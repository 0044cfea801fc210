using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Containers.Logs;
using MiniDock.Engine.Containers.Session;
using MiniDock.Engine.Containers.Session.Attach;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Monitor;

/// <summary>Holds the terminal or the pipes of a container that nobody waits for: writes its log and serves those who attach.</summary>
internal sealed class MonitorSession : IContainerSession, IAttachTarget
{
    /// <summary>Input that the container does not read is held back at the clients from here on.</summary>
    private const int MaxPendingInputBytes = 64 * 1024;

    private readonly EventLoop _loop;
    private readonly LogWriter? _log;
    private readonly AttachServer _server;
    private readonly OutputReader _output;
    private readonly OutputReader? _error;
    private readonly InputWriter _input;
    private readonly SafeFileHandle? _master;
    private readonly List<SafeFileHandle> _childEnds = [];
    private InitSignals? _signals;

    public MonitorSession(ContainerSpec spec, string runDirectory, LogWriter? log, EventLoop loop)
    {
        (_loop, _log) = (loop, log);
        _server = new AttachServer(runDirectory, loop, this);
        IsTerminal = spec.Process.Terminal;
        if (IsTerminal)
        {
            (_master, var slave) = Terminals.OpenPty();
            _childEnds.Add(slave);
            Descriptors = (slave, slave, slave);
            _output = new OutputReader(loop, _master, ownsFile: false, bytes => Pass(LogStream.Stdout, AttachKind.Output, bytes));
            _input = new InputWriter(loop, Files.Duplicate(_master), isTerminal: true);
            return;
        }

        var (output, outputEnd) = Pipes.Create();
        var (error, errorEnd) = Pipes.Create();
        var (input, writer) = InputOf(spec);
        _childEnds.AddRange([input, outputEnd, errorEnd]);
        Descriptors = (input, outputEnd, errorEnd);
        _output = new OutputReader(loop, output, ownsFile: true, bytes => Pass(LogStream.Stdout, AttachKind.Output, bytes));
        _error = new OutputReader(loop, error, ownsFile: true, bytes => Pass(LogStream.Stderr, AttachKind.Error, bytes));
        _input = new InputWriter(loop, writer, isTerminal: false);
    }

    /// <inheritdoc/>
    public (SafeFileHandle Input, SafeFileHandle Output, SafeFileHandle Error) Descriptors { get; }

    /// <inheritdoc/>
    public bool IsTerminal { get; }

    /// <summary>Waits until somebody has attached, or has given up.</summary>
    public void WaitForClient()
    {
        const int patienceMilliseconds = 10_000;
        var deadline = Environment.TickCount64 + patienceMilliseconds;
        while (!_server.HasClients && Environment.TickCount64 < deadline)
        {
            _loop.Turn((int)Math.Max(0, deadline - Environment.TickCount64));
        }
    }

    /// <inheritdoc/>
    public int Wait(SafeFileHandle pidFd, int pid)
    {
        CloseChildEnds();
        var signals = _signals = new InitSignals(pidFd, pid);

        // Planning the run has left three times what waiting for its end needs.
        ResidentMemory.GiveBack();
        var ended = false;
        using var registration = _loop.Add(pidFd, PollEvents.Read, _ => ended = true);
        while (!ended)
        {
            _loop.Turn();
        }

        registration.Dispose();
        var exitCode = Processes.WaitId(pidFd) is { } status ? signals.ExitCode(status) : 255;
        Drain();
        _server.SendExit(exitCode);
        return exitCode;
    }

    /// <inheritdoc/>
    public void Input(byte[] bytes)
    {
        _input.Write(bytes);
        if (_master is not null)
        {
            _signals?.Typed(bytes, _master);
        }

        if (_input.PendingBytes > MaxPendingInputBytes)
        {
            _server.SetReading(false);
            _input.Taken = () =>
            {
                _input.Taken = null;
                _server.SetReading(true);
            };
        }
    }

    /// <inheritdoc/>
    public void Signal(Signal signal) => _signals?.Send(signal);

    /// <inheritdoc/>
    public void EndInput() => _input.End();

    /// <inheritdoc/>
    public void Resize(ushort rows, ushort columns)
    {
        if (_master is not null)
        {
            Terminals.SetWindowSize(_master, new WindowSize(rows, columns));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CloseChildEnds();
        _server.Dispose();
        _input.Dispose();
        _output.Dispose();
        _error?.Dispose();
        _master?.Dispose();
    }

    // -i: the pipe stays open while the container runs; else it reads the end of file at once.
    private static (SafeFileHandle Child, SafeFileHandle? Writer) InputOf(ContainerSpec spec) =>
        spec.OpenStdin ? Pipes.Create() : (Files.Open("/dev/null", OpenFlags.ReadOnly), null);

    private void CloseChildEnds()
    {
        _childEnds.ForEach(e => e.Dispose());
        _childEnds.Clear();
    }

    private void Pass(LogStream stream, AttachKind kind, ReadOnlySpan<byte> bytes)
    {
        _log?.Write(stream, bytes);
        _server.Send(kind, bytes);
    }

    // What the container wrote before its end is in the pipes. A process that outlives it (in a shared pid namespace) may hold
    // them open for ever: only what is there is read.
    private void Drain()
    {
        while (!(_output.HasEnded && _error is null or { HasEnded: true }) && _loop.Turn(0))
        {
        }

        _log?.Flush();
    }
}

using System.Text;
using Microsoft.Win32.SafeHandles;
using MiniDock.Engine.Containers.Session;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Health;

/// <summary>Keeps the beginning of what a process writes, and kills it with its group when its time is over.</summary>
internal sealed class CapturedSession : IContainerSession
{
    private const int KeptBytes = 4096;

    private readonly int _timeoutMilliseconds;
    private readonly SafeFileHandle _nothing = Files.Open("/dev/null", OpenFlags.ReadOnly);
    private readonly SafeFileHandle _read;
    private readonly SafeFileHandle _write;
    private readonly List<byte> _output = [];
    private bool _hasEnded;

    public CapturedSession(int timeoutMilliseconds)
    {
        _timeoutMilliseconds = timeoutMilliseconds;
        (_read, _write) = Pipes.Create();
        Files.SetNonBlocking(_read, true);
    }

    /// <inheritdoc/>
    public (SafeFileHandle Input, SafeFileHandle Output, SafeFileHandle Error) Descriptors => (_nothing, _write, _write);

    /// <inheritdoc/>
    public bool IsTerminal => false;

    /// <summary>Whether it was killed.</summary>
    public bool IsTimedOut { get; private set; }

    /// <summary>What it wrote.</summary>
    public string Output => Encoding.UTF8.GetString([.. _output]);

    /// <inheritdoc/>
    public int Wait(SafeFileHandle pidFd, int pid)
    {
        _write.Dispose();
        var deadline = Environment.TickCount64 + _timeoutMilliseconds;
        var items = new PollItem[2];
        do
        {
            items[0] = new PollItem(pidFd, PollEvents.Read);
            items[1] = _hasEnded ? default : new PollItem(_read, PollEvents.Read);
            if (Polling.Poll(items, (int)Math.Max(0, deadline - Environment.TickCount64)) == 0)
            {
                IsTimedOut = true;

                // It leads a session of its own, and is not reaped yet: the number is its own.
                Processes.TryKill(-pid, Signal.SIGKILL);
                break;
            }

            Drain();
        }
        while (items[0].Happened == PollEvents.None);

        var status = Processes.WaitId(pidFd)!.Value;
        Drain();
        return status.ShellExitCode;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _nothing.Dispose();
        _write.Dispose();
        _read.Dispose();
    }

    private void Drain()
    {
        Span<byte> buffer = stackalloc byte[KeptBytes];
        while (!_hasEnded)
        {
            var error = Files.TryRead(_read, buffer, out var count);
            if (error == Errno.EAGAIN)
            {
                return;
            }

            _hasEnded = error != Errno.Success || count == 0;
            _output.AddRange(buffer[..Math.Min(count, KeptBytes - _output.Count)]);
        }
    }
}

using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Plugins;
using MiniDock.Linux;
using MiniDock.Linux.Child;

namespace MiniDock.Engine.Plugins;

/// <summary>A running program of a plugin: in a session of its own, in its directory, with a clean environment. It is killed when the thread ends
/// that has started it.</summary>
internal sealed class PluginProcess : IDisposable
{
    private const int ScriptDescriptor = 4;
    private const int KeptBytes = 8 << 10;
    private const int KeptLines = 20;

    // Above all that a program is given: nothing that it still needs is overwritten while its descriptors are put in place.
    private const int Safe = 10;

    private readonly StartedChild _child;
    private readonly KeptOutput[] _logs;
    private readonly SafeFileHandle[] _ends;
    private WaitStatus? _status;

    private PluginProcess(InstalledPlugin plugin, StartedChild child, SafeFileHandle input, SafeFileHandle replies, KeptOutput[] logs, SafeFileHandle[] ends)
    {
        Plugin = plugin;
        _child = child;
        Input = input;
        Replies = replies;
        _logs = logs;
        _ends = ends;
    }

    public InstalledPlugin Plugin { get; }

    /// <summary>Its standard input, non-blocking.</summary>
    public SafeFileHandle Input { get; }

    /// <summary>Where its replies come from, non-blocking.</summary>
    public SafeFileHandle Replies { get; }

    /// <summary>Its pidfd: readable when it has ended.</summary>
    public SafeFileHandle PidFd => _child.PidFd;

    /// <summary>The last lines that it wrote beside replies.</summary>
    public IReadOnlyList<string> Log => [.. _logs.SelectMany(l => HostProgramEnd.Shown(l.Bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(KeptLines))];

    /// <summary>How it ended; null while it runs.</summary>
    public WaitStatus? Status => _status;

    /// <exception cref="EngineException">It cannot be executed.</exception>
    public static PluginProcess Start(InstalledPlugin plugin)
    {
        using var program = PluginFile.Open(plugin);
        var isSession = plugin.Manifest!.Mode == PluginMode.Session;

        // The first pipes take the low numbers and keep them until the child has been made, so that its control socket gets none of them.
        var (input, toInput) = Pipes.Create();
        var (fromErrors, errors) = Pipes.Create();
        var (fromOutput, output) = Pipes.Create();
        var (fromReplies, replies) = isSession ? Pipes.Create() : (fromOutput, output);
        StartedChild child;
        using (input)
        using (errors)
        using (output)
        using (replies)
        {
            try
            {
                child = Start(plugin, program, input, output, errors, isSession ? replies : null);
            }
            catch
            {
                toInput.Dispose();
                fromErrors.Dispose();
                fromOutput.Dispose();
                fromReplies.Dispose();
                throw;
            }
        }

        Files.SetNonBlocking(toInput, true);
        Files.SetNonBlocking(fromReplies, true);
        KeptOutput[] logs = isSession ? [new KeptOutput(fromErrors, KeptBytes), new KeptOutput(fromOutput, KeptBytes)] : [new KeptOutput(fromErrors, KeptBytes)];
        return new PluginProcess(plugin, child, toInput, fromReplies, logs, [toInput, fromErrors, fromOutput, fromReplies]);
    }

    /// <summary>Waits for any of its descriptors and keeps what it logs.</summary>
    /// <param name="writes">Whether its input is waited for.</param>
    /// <param name="reads">Whether its replies are waited for.</param>
    /// <param name="deadline">When to stop, <see cref="Environment.TickCount64"/>.</param>
    /// <returns>What happened; null when the time was over.</returns>
    public (bool CanWrite, bool CanRead, bool HasEnded)? Wait(bool writes, bool reads, long deadline)
    {
        if (Environment.TickCount64 > deadline)
        {
            return null;
        }

        Span<PollItem> items =
        [
            writes ? new PollItem(Input, PollEvents.Write) : default,
            reads ? new PollItem(Replies, PollEvents.Read) : default,
            new PollItem(PidFd, PollEvents.Read),
            _logs[0].ToPoll(),
            _logs.Length > 1 ? _logs[1].ToPoll() : default,
        ];
        if (Polling.Poll(items, (int)Math.Max(0, deadline - Environment.TickCount64)) == 0)
        {
            return null;
        }

        Array.ForEach(_logs, l => l.Drain());
        return (items[0].Happened != PollEvents.None, items[1].Happened != PollEvents.None, items[2].Happened != PollEvents.None);
    }

    /// <summary>Ends it: end of its input, then SIGTERM, then SIGKILL, to its group.</summary>
    /// <param name="graceMilliseconds">How long it may take to end by itself.</param>
    public void End(int graceMilliseconds)
    {
        if (_status is not null)
        {
            return;
        }

        Input.Dispose();
        if (!WaitForEnd(graceMilliseconds))
        {
            Processes.TryKill(-_child.Pid, Signal.SIGTERM);
            WaitForEnd(PluginProtocol.GraceMilliseconds);
        }

        // What it has left in its group goes with it. It is not reaped yet: the number of the group is still its own.
        Processes.TryKill(-_child.Pid, Signal.SIGKILL);
        _status = Processes.WaitId(PidFd);
        Array.ForEach(_logs, l => l.Drain());
    }

    public void Dispose()
    {
        End(0);
        Array.ForEach(_ends, e => e.Dispose());
        _child.Dispose();
    }

    private bool WaitForEnd(int milliseconds)
    {
        var deadline = Environment.TickCount64 + milliseconds;
        while (Wait(writes: false, reads: false, deadline) is { } happened)
        {
            if (happened.HasEnded)
            {
                return true;
            }
        }

        return false;
    }

    private static StartedChild Start(
        InstalledPlugin plugin, PluginFile program, SafeFileHandle input, SafeFileHandle output, SafeFileHandle errors, SafeFileHandle? replies)
    {
        var builder = new ChildProgramBuilder();
        using var copies = new Copies();
        builder.NewSession();
        builder.SetStandardStream(0, builder.Inherit(copies.Of(input)));
        builder.SetStandardStream(1, builder.Inherit(copies.Of(output)));
        builder.SetStandardStream(2, builder.Inherit(copies.Of(errors)));
        if (replies is not null)
        {
            builder.SetDescriptor(PluginProtocol.ReplyDescriptor, builder.Inherit(copies.Of(replies)));
        }

        var file = builder.Inherit(copies.Of(program.File));
        if (program.IsScript)
        {
            builder.SetDescriptor(ScriptDescriptor, file);
            file = ScriptDescriptor;
        }

        builder.ChangeDirectory(plugin.Directory);
        builder.EndWithParent();
        builder.Execute(file, [plugin.Program], Environments(plugin));
        using var staged = builder.Build();
        var child = ChildProcess.Start(staged, new CloneOptions());
        if (child.ReadOutcome() is { } failure)
        {
            Processes.WaitId(child.PidFd);
            child.Dispose();
            throw new EngineException(
                $"plugin program {plugin.Program}: {ErrnoText.Name(failure.Errno)} ({ErrnoText.Text(failure.Errno)})",
                failure.Errno == Errno.ENOEXEC ? "it is neither a program for this machine nor a script with #! in its first line" : null);
        }

        return child;
    }

    private static List<string> Environments(InstalledPlugin plugin)
    {
        var manifest = plugin.Manifest!;
        return
        [
            $"PATH={PluginPrograms.SearchPath}",
            $"HOME={(Processes.EffectiveUid == 0 ? "/root" : Environment.GetEnvironmentVariable("HOME"))}",
            "LANG=C.UTF-8",
            $"{PluginProtocol.NameVariable}={plugin.Name}",
            $"{PluginProtocol.ModeVariable}={(manifest.Mode == PluginMode.Session ? "session" : "oneshot")}",
            $"{PluginProtocol.DirectoryVariable}={plugin.Directory}",
            .. manifest.Env.Select(e => $"{e.Key}={e.Value}"),
        ];
    }

    private sealed class Copies : IDisposable
    {
        private readonly List<SafeFileHandle> _all = [];

        public SafeFileHandle Of(SafeFileHandle file)
        {
            var copy = Files.Duplicate(file, Safe);
            _all.Add(copy);
            return copy;
        }

        public void Dispose() => _all.ForEach(c => c.Dispose());
    }
}

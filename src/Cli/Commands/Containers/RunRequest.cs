using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Cli.Input;
using MiniDock.Engine.Containers.Creation;
using MiniDock.Engine.Containers.Session;
using MiniDock.Linux;

namespace MiniDock.Cli.Commands.Containers;

/// <summary>What a run asks of the command line rather than of the container.</summary>
internal static class RunRequest
{
    /// <summary>Refuses what cannot be, and says how the user is connected.</summary>
    public static SessionOptions Check(CliContext context, RunFlags flags)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            throw new EngineException("run: EPERM (must be run as root)", "sudo minidock run …; running as an ordinary user is not supported yet");
        }

        if (flags.Unsupported.Count > 0)
        {
            throw new EngineException(string.Join('\n', flags.Unsupported.Distinct().Select(f => $"{f}: ENOTSUP (not supported yet)")));
        }

        if (flags.Explain is not (null or "text" or "json"))
        {
            throw new UsageException($"invalid value \"{flags.Explain}\" for --explain: text or json");
        }

        if (flags.DryRun)
        {
            flags.Explain ??= "text";
        }

        if (flags.Pull is not (null or "missing" or "never"))
        {
            throw new EngineException($"--pull {flags.Pull}: ENOTSUP (not supported yet)", "the policies are missing and never; images come from minidock import");
        }

        if (flags.Platform is not (null or "linux" or "linux/amd64"))
        {
            throw new EngineException($"--platform {flags.Platform}: ENOTSUP (images here are linux/amd64)");
        }

        if (flags.CidFile is not null && Files.Exists(flags.CidFile))
        {
            throw new EngineException($"container id file {flags.CidFile}: EEXIST (file exists)", "its container may still run: remove the file when it does not");
        }

        if (flags is { Restart: not (null or "" or "no"), Detach: false } && !CanDetach(flags))
        {
            throw new EngineException("--restart: ENOTSUP (needs -d or a terminal: the foreground ends with its command)", "minidock run -d --restart …, and minidock attach to see it");
        }

        if (flags.Detach && flags.Trace)
        {
            throw new EngineException("--trace and -d: EINVAL (they exclude each other)", "the steps of a detached run are taken by its monitor");
        }

        if (flags is { Terminal: true, Interactive: true, DryRun: false, Detach: false } && !Terminals.IsATty(Files.Borrow(0)))
        {
            throw new EngineException("standard input: ENOTTY (not a terminal)", "leave -t away when input comes from a file or a pipe");
        }

        return new SessionOptions
        {
            Interactive = flags.Interactive,
            ForwardSignals = flags.SignalProxy,
            DetachKeys = Keys(flags),
            Tell = text => context.Error.Write($"\r\nminidock: {text}\r\n"),
        };
    }

    /// <summary>Whether a run in the foreground has a terminal, from which its user can detach. A trace needs the steps to be taken here.</summary>
    public static bool CanDetach(RunFlags flags) => flags is { Terminal: true, Trace: false } && Terminals.IsATty(Files.Borrow(0));

    /// <summary>Writes <c>--cidfile</c>.</summary>
    public static void WriteCidFile(RunFlags flags, ContainerId id)
    {
        if (flags.CidFile is not null)
        {
            using var file = Files.Open(flags.CidFile, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive, 0x1A4);
            RandomAccess.Write(file, System.Text.Encoding.ASCII.GetBytes(id.Value), 0);
        }
    }

    /// <summary><c>--detach-keys</c>.</summary>
    public static DetachKeys Keys(RunFlags flags) =>
        flags.DetachKeys is null ? DetachKeys.Default
        : DetachKeys.TryParse(flags.DetachKeys, out var keys) ? keys
        : throw new EngineException($"--detach-keys {flags.DetachKeys}: EINVAL (not a sequence of keys)", "such as ctrl-p,ctrl-q or ctrl-a,d");
}

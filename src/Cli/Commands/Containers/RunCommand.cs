using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions.Model;
using MiniDock.Cli.Commands.Life;
using MiniDock.Cli.Input;
using MiniDock.Engine.Containers;
using MiniDock.Engine.Containers.Creation;
using MiniDock.Engine.Containers.Logs;
using MiniDock.Engine.Containers.Monitor;
using MiniDock.Engine.Containers.Session;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Run;

namespace MiniDock.Cli.Commands.Containers;

/// <summary><c>minidock run</c>. It reads its own flags and takes the parts of the engine that it needs: the start path.</summary>
internal static class RunCommand
{
    /// <summary>Makes the command for help and completion; runs go through <see cref="Invoke"/>.</summary>
    public static VerbCommand Create(CliContext context) => NewContainer.Command(
        "run",
        "Run a command in a new container",
        "minidock run --rm busybox echo hello",
        "minidock run -it --mem 100M --net bridge busybox sh",
        "minidock run -p 8080:80 -v ./site:/www:ro busybox httpd -f -h /www",
        "minidock run --explain --dry-run busybox true");

    /// <summary>Runs a container from raw arguments.</summary>
    public static int Invoke(CliContext context, string[] arguments)
    {
        var flags = RunFlagReader.Read(context, "run", arguments);
        if (flags is null)
        {
            return Output.HelpPrinter.Command(context.Out, Create(context));
        }

        var session = RunRequest.Check(context, flags);
        var trace = flags.Trace ? new PlanTrace() : null;
        return NewContainer.Make(context, flags, trace, (spec, options) =>
            flags.Detach ? Detached(context, spec, options)
            : RunRequest.CanDetach(flags) ? Attached(context, flags, spec, options)
            : Foreground(context, flags, session, spec, options));
    }

    private static int Detached(CliContext context, ContainerSpec spec, RunOptions options)
    {
        context.Engine.Start.Run(spec, options);
        if (!options.DryRun)
        {
            context.Out.WriteLine(spec.Id.Value);
        }

        return 0;
    }

    // A user at a terminal may leave the container and come back, so a monitor has it from the start.
    private static int Attached(CliContext context, RunFlags flags, ContainerSpec spec, RunOptions options)
    {
        var made = new Container(spec, new ContainerState());
        SafeFileHandle? socket = null;
        context.Engine.Start.Run(spec, options, () => socket = AttachTo.Connect(context, made));
        if (options.DryRun)
        {
            return 0;
        }

        var store = context.Engine.Store;
        var (code, isDetached) = AttachTo.Container(context, store.Read(spec.Id) ?? made, socket, flags.Interactive, flags.SignalProxy, flags.DetachKeys);
        if (!isDetached && spec.Restart.Name == RestartPolicy.No)
        {
            TellOfMemory(context, spec, store.Read(spec.Id)?.State.OomKilled == true);
        }

        return code;
    }

    private static void TellOfMemory(CliContext context, ContainerSpec spec, bool wasKilled)
    {
        if (wasKilled)
        {
            context.Error.WriteLine($"minidock: container {spec.Name}: ENOMEM (a process was killed at the memory limit)\nhint: give it more with --mem");
        }
    }

    private static int Foreground(CliContext context, RunFlags flags, SessionOptions session, ContainerSpec spec, RunOptions options)
    {
        // A container that goes with its run leaves no log either: then nothing stands between it and our own descriptors.
        using var log = spec.AutoRemove || spec.Log.Driver == LogSpec.None
            ? null
            : new LogWriter(ContainerMonitor.LogPath(context.Paths, spec.Id), spec.Log, warning => context.Error.WriteLine($"minidock: warning: {warning}"));
        session = session with { Log = log };
        var result = context.Engine.Run.Run(spec, s => s.Process.Terminal ? new TerminalSession(session) : new StreamSession(session), options);
        if (options.Trace is not null)
        {
            PlanOutput.Write(context.Error, result.Plan, flags.Explain ?? "text", options.Trace);
        }

        TellOfMemory(context, spec, result.OomKilled);
        return result.ExitCode;
    }
}

using System.Collections;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Containers.Session;
using MiniDock.Engine.Run.Child;
using MiniDock.Linux;
using MiniDock.Linux.Child;

namespace MiniDock.Engine.Containers.Exec;

/// <summary>
/// Runs a command in some namespaces of a container and else on the host, with all rights of the engine, as nsenter(1) does: to look at a
/// container's network with the host's tools, for instance. It is no part of the container: neither its limits nor its filter hold for it.
/// </summary>
public static class NamespaceExec
{
    private const int JoinStep = 1;
    private const int ExecuteStep = 2;

    /// <summary>Runs the command to its end, on the engine's own standard streams.</summary>
    /// <param name="target">The container.</param>
    /// <param name="types">Kinds of namespaces to enter.</param>
    /// <param name="hasIdMaps">Whether its user namespace has an id 0 to become.</param>
    /// <param name="command">The command; looked for in the container's root where its mount namespace is entered.</param>
    /// <returns>Its exit code, 128+N when killed by signal N.</returns>
    /// <exception cref="EngineException">The container has ended (exit code 1), or the command cannot be executed (126, 127).</exception>
    public static int Run(ContainerTarget target, IReadOnlyList<NamespaceType> types, bool hasIdMaps, IReadOnlyList<string> command)
    {
        // See ContainerExec: whoever is in there must not look into the copy of this program.
        Processes.SetDumpable(false);
        var foreign = target.ForeignNamespaces().Intersect(types).ToList();
        var builder = Program(target, foreign, hasIdMaps, command);
        using var child = target.Guard(() =>
        {
            using var program = builder.Build();
            return ChildProcess.Start(program, new CloneOptions { PidNamespace = foreign.Contains(NamespaceType.Pid) ? target.PidFd : null });
        });

        // What is typed at a terminal goes to the command itself, which is in the same foreground group.
        var typed = Terminals.IsATty(Files.Borrow(0));
        using var forwarding = SignalForwarding.OfTerminal(signal =>
        {
            if (signal != Signal.SIGWINCH && !(typed && signal is Signal.SIGINT or Signal.SIGQUIT))
            {
                Processes.TryPidfdSendSignal(child.PidFd, signal);
            }
        });
        var failure = child.ReadOutcome();
        var status = Processes.WaitId(child.PidFd)!.Value;
        return failure is null ? status.ShellExitCode : throw target.Guard<EngineException>(() => Failed(failure, command[0]));
    }

    private static ChildProgramBuilder Program(ContainerTarget target, List<NamespaceType> foreign, bool hasIdMaps, IReadOnlyList<string> command)
    {
        var builder = new ChildProgramBuilder();
        builder.BeginStep(JoinStep);
        builder.ForbidTracing();
        var joined = foreign.Where(t => t != NamespaceType.Pid).Aggregate(NamespaceTypes.None, (all, type) => all | ChildNamespaces.Flag(type));
        if (joined != NamespaceTypes.None)
        {
            builder.JoinNamespace(builder.Inherit(target.PidFd), joined);
        }

        if (foreign.Contains(NamespaceType.User) && hasIdMaps)
        {
            builder.SetUser(0, 0, []);
        }

        builder.EndWithParent();
        builder.BeginStep(ExecuteStep);
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(v => $"{v.Key}={v.Value}").ToList();
        builder.Execute(ProcessEncoder.Candidates(command[0], environment), command, environment);
        return builder;
    }

    private static EngineException Failed(ChildFailure failure, string program)
    {
        var isExecute = failure.Step == ExecuteStep;
        var cause = new LinuxException(isExecute ? "exec" : "setns", isExecute ? program : "namespaces of the container", failure.Errno);
        return new EngineException(cause.Message, cause.Hint, !isExecute ? 125 : failure.Errno == Errno.ENOENT ? 127 : 126, cause);
    }
}

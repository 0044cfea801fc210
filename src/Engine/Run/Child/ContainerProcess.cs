using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Containers;
using MiniDock.Engine.Containers.Session;
using MiniDock.Linux;
using MiniDock.Linux.Child;

namespace MiniDock.Engine.Run.Child;

/// <summary>
/// The first process of a container, from its clone to its exec. It mounts while the host takes its HostAfter steps; only a
/// child with a user namespace of its own waits for those, because its ids are among them.
/// </summary>
internal sealed class ContainerProcess : IDisposable
{
    private readonly StartedChild _child;
    private readonly ContainerSpec _spec;
    private readonly IReadOnlyList<PlanStep> _steps;
    private readonly ChildStreams _streams;
    private readonly StepContext _context;
    private bool _executed;

    private ContainerProcess(StartedChild child, FirstProcess first, ContainerSpec spec, IReadOnlyList<PlanStep> steps, ChildStreams streams, StepContext context)
    {
        _child = child;
        First = first;
        _spec = spec;
        _steps = steps;
        _streams = streams;
        _context = context;
    }

    /// <summary>The process.</summary>
    public FirstProcess First { get; }

    /// <summary>Its pidfd.</summary>
    public SafeFileHandle PidFd => _child.PidFd;

    /// <summary>Clones the process, which begins with its steps at once.</summary>
    /// <exception cref="EngineException">It could not be cloned, or a step names something that is not there.</exception>
    public static ContainerProcess Spawn(
        PlanningResult planned, HostFacts host, EnginePaths paths, IContainerSession session, PlanExecutor executor, StepContext context)
    {
        var spec = planned.Spec;
        var steps = planned.Plan!.In(PlanPhase.Child).ToList();
        var spawn = planned.Plan.In(PlanPhase.Spawn).Single();
        using var namespaces = new JoinedNamespaces(spec, paths);
        var (input, output, error) = session.Descriptors;
        using var encoding = new ChildEncoding(spec, new ChildStreams(input, output, error, session.IsTerminal, namespaces.ByType), new ChildProgramBuilder()) { Host = context };
        encoding.Program.SetFileModeMask(0);
        if (namespaces.ByType.ContainsKey(NamespaceType.Pid))
        {
            // Those who live there already may not look into this copy of the engine.
            encoding.Program.ForbidTracing();
        }

        if (UserNamespaceMounts.StepsOf(steps) is { } others)
        {
            ChildEncoder.Encode(steps, encoding, ..others.Start);
            ChildEncoder.Encode(steps, encoding, others.End..);
        }
        else
        {
            ChildEncoder.Encode(steps, encoding, ..);
        }

        using var program = encoding.Program.Build();
        using var cgroup = spawn.Arguments.Find("cgroup") is { Length: > 0 } group ? Files.Open(group, OpenFlags.Path | OpenFlags.Directory) : null;
        var options = new CloneOptions
        {
            Namespaces = ChildNamespaces.AtClone(spec),
            Cgroup = cgroup,
            PidNamespace = namespaces.ByType.GetValueOrDefault(NamespaceType.Pid),
        };

        StartedChild? child = null;
        FirstProcess first = default;
        executor.Record(spawn, () =>
        {
            child = ChildProcess.Start(program, options);
            first = new FirstProcess(child.Pid, Processes.StartTime(child.Pid) ?? 0, host.BootId);
            return first.ToReceipt();
        });
        context.Pid = first.Pid;
        return new ContainerProcess(child!, first, spec, steps, encoding.Streams, context);
    }

    /// <summary>Why the process has ended already, where it has: a host step that does not find it any more fails because of that.</summary>
    public EngineException? EarlierEnd() =>
        Processes.WaitId(PidFd, block: false, reap: false) is null ? null : Ended(_child.ReadOutcome());

    /// <summary>Lets the process execute its program, now that the host's steps are done, and waits until it has.</summary>
    /// <exception cref="EngineException">It failed: 127 when the program was not found, 126 when it cannot be executed, else 125.</exception>
    public void Execute()
    {
        if (UserNamespaceMounts.StepsOf(_steps) is { } range)
        {
            if (!_child.WaitUntilReady(out var failed)
                || (failed = UserNamespaceMounts.Make(First.Pid, _spec, _streams, _steps, range, _context)) is not null)
            {
                throw Ended(failed);
            }

            _child.Proceed();
        }

        LastWait.Pass(_child, _spec, _streams, Ended);
        _executed = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Without its program it is of no use to anybody; waiting for its end lets go of the mounts it has made.
        if (!_executed)
        {
            Processes.TryPidfdSendSignal(_child.PidFd, Signal.SIGKILL);
            Processes.WaitId(_child.PidFd);
        }

        _child.Dispose();
    }

    private EngineException Ended(ChildFailure? failure)
    {
        if (failure is not null)
        {
            return ChildFailureText.Of(failure, _steps, _spec);
        }

        var status = Processes.WaitId(_child.PidFd, reap: false);
        return new EngineException($"container process: ended before its program, with status {status?.ShellExitCode}", "a signal or the kernel's oom killer may have ended it");
    }
}

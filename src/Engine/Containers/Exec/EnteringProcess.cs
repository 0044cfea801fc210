using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Engine.Containers.Session;
using MiniDock.Engine.Run.Child;
using MiniDock.Linux;
using MiniDock.Linux.Child;

namespace MiniDock.Engine.Containers.Exec;

/// <summary>A process that enters a running container, from its clone to its exec.</summary>
internal sealed class EnteringProcess : IDisposable
{
    private readonly StartedChild _child;
    private readonly ContainerSpec _spec;
    private readonly IReadOnlyList<PlanStep> _steps;
    private readonly ChildStreams _streams;
    private bool _executed;

    private EnteringProcess(StartedChild child, ContainerSpec spec, IReadOnlyList<PlanStep> steps, ChildStreams streams)
    {
        (_child, _spec, _steps, _streams) = (child, spec, steps, streams);
    }

    /// <summary>Its id on the host.</summary>
    public int Pid => _child.Pid;

    /// <summary>Its pidfd.</summary>
    public SafeFileHandle PidFd => _child.PidFd;

    /// <summary>Clones the process.</summary>
    /// <param name="target">The container.</param>
    /// <param name="spec">The container with the process that enters.</param>
    /// <param name="steps">What it does.</param>
    /// <param name="types">Namespaces it joins.</param>
    /// <param name="cgroup">A v2 group that it is cloned into, or null.</param>
    /// <param name="session">Its standard streams.</param>
    public static EnteringProcess Spawn(
        ContainerTarget target, ContainerSpec spec, IReadOnlyList<PlanStep> steps, IReadOnlyList<NamespaceType> types, string? cgroup, IContainerSession session)
    {
        var (input, output, error) = session.Descriptors;
        var streams = new ChildStreams(input, output, error, session.IsTerminal, new Dictionary<NamespaceType, SafeFileHandle>());
        using var encoding = new ChildEncoding(spec, streams, new ChildProgramBuilder()) { Target = target.PidFd };
        encoding.Program.SetFileModeMask(0);
        ChildEncoder.Encode(steps, encoding, ..);
        using var program = encoding.Program.Build();
        using var group = cgroup is null ? null : Files.Open(cgroup, OpenFlags.Path | OpenFlags.Directory);
        var child = ChildProcess.Start(program, new CloneOptions { Cgroup = group, PidNamespace = types.Contains(NamespaceType.Pid) ? target.PidFd : null });
        return new EnteringProcess(child, spec, steps, streams);
    }

    /// <summary>Lets it execute its program, and waits until it has.</summary>
    /// <exception cref="EngineException">It failed: 127 when the program was not found, 126 when it cannot be executed, else 125.</exception>
    public void Execute()
    {
        if (_spec.Process.OomScoreAdjust != 0)
        {
            using var score = Files.Open($"/proc/{Pid}/oom_score_adj", OpenFlags.WriteOnly);
            RandomAccess.Write(score, Encoding.ASCII.GetBytes(_spec.Process.OomScoreAdjust.ToString(CultureInfo.InvariantCulture)), 0);
        }

        LastWait.Pass(_child, _spec, _streams, Ended);
        _executed = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_executed)
        {
            Processes.TryPidfdSendSignal(PidFd, Signal.SIGKILL);
            Processes.WaitId(PidFd);
        }

        _child.Dispose();
    }

    private EngineException Ended(ChildFailure? failure) => failure is not null
        ? ChildFailureText.Of(failure, _steps, _spec)
        : new EngineException("exec: ended before its program", "a signal or the kernel's oom killer may have ended it");
}

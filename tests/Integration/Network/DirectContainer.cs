using System.Globalization;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Plugins.Network;
using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Network;

/// <summary>A network namespace that is attached like a container's, and the record of its steps.</summary>
internal sealed class DirectContainer : IStepContext, IDisposable
{
    private static readonly HostFacts Facts = new()
    {
        KernelRelease = "",
        BootId = "",
        EffectiveUserId = 0,
        BoundingCapabilities = 0,
        LastCapability = 0,
        FileSystems = new HashSet<string>(),
        Cgroups = new CgroupLayout(CgroupMode.None, null, new Dictionary<string, string>(), []),
        HardLimits = new Dictionary<string, ulong>(),
        Processors = 1,
        MemoryBytes = 1,
        Namespaces = new HashSet<string>(),
        HostName = "host",
    };

    private readonly DirectEngine _engine;
    private readonly List<(PlanStep Step, StepValues? Receipt)> _journal = [];
    private RunningCommand? _process;

    public DirectContainer(DirectEngine engine, ContainerSpec spec)
    {
        _engine = engine;
        Spec = spec;
        Directory.CreateDirectory(engine.Paths.RunDirectory(spec.Id));
    }

    public ContainerSpec Spec { get; }

    public ContainerId ContainerId => Spec.Id;

    public EnginePaths Paths => _engine.Paths;

    public int Pid { get; private set; }

    /// <summary>Its address without the prefix.</summary>
    public string Address => Lease["address"].Split('/')[0];

    public StepValues Lease => ReceiptsOfKind(NetworkStepKinds.Lease).Single();

    public NetworkRequest Request => new(Spec.Networks[0], 0, Spec, Facts, Paths);

    public StepValues? ReceiptOf(string stepId) => _journal.Find(e => e.Step.Id == stepId).Receipt;

    public IEnumerable<StepValues> ReceiptsOfKind(string kind) => _journal.Where(e => e.Step.Kind == kind).Select(e => e.Receipt).OfType<StepValues>();

    /// <summary>Applies all steps around the start of a process.</summary>
    public void Attach()
    {
        Assert.Empty(_engine.Bridge.Validate(Request));
        var steps = _engine.Bridge.Plan(Request).ToList();
        Apply(steps.Where(s => s.Phase == PlanPhase.HostBefore));
        Start();
        Apply(steps.Where(s => s.Phase == PlanPhase.HostAfter));
    }

    /// <summary>Applies steps, journaling the intent first.</summary>
    public void Apply(IEnumerable<PlanStep> steps)
    {
        foreach (var step in steps)
        {
            _journal.Add((step, null));
            var receipt = HandlerOf(step).Apply(step, this);
            _journal[^1] = (step, receipt);
        }
    }

    /// <summary>Runs a program in its network namespace.</summary>
    public Outcome Run(params string[] command) => HostCommand.Run("nsenter", ["-t", Pid.ToString(CultureInfo.InvariantCulture), "-n", "--", .. command]);

    /// <summary>Starts a program in its network namespace.</summary>
    public RunningCommand StartInside(params string[] command) =>
        RunningCommand.Start("nsenter", ["-t", Pid.ToString(CultureInfo.InvariantCulture), "-n", "--", .. command], RunningCommand.KeepOpen);

    /// <summary>Ends the process and undoes the steps, newest first.</summary>
    /// <param name="withReceipts">False: as after a crash that lost them.</param>
    public void Undo(bool withReceipts = true)
    {
        End();
        for (var i = _journal.Count - 1; i >= 0; i--)
        {
            var (step, receipt) = _journal[i];
            HandlerOf(step).Undo(step, withReceipts ? receipt : null, this);
        }
    }

    /// <summary>Ends the process; nothing is undone.</summary>
    public void End()
    {
        _process?.Dispose();
        _process = null;
        Pid = 0;
    }

    public void Dispose() => End();

    private void Start()
    {
        _process = RunningCommand.Start("unshare", ["--net", "sh", "-c", "echo $$; exec sleep 1000"], RunningCommand.KeepOpen);
        _process.WaitForOutput("\n");
        Pid = int.Parse(_process.Stdout, CultureInfo.InvariantCulture);
    }

    private IStepHandler HandlerOf(PlanStep step) => _engine.Bridge.Handlers.Single(h => h.Kind == step.Kind);
}

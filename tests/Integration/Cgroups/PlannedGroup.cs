using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Host;
using MiniDock.Plugins.Cgroups;
using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Cgroups;

/// <summary>The groups of a container without the container: the provider that <c>auto</c> chooses on this host, and its steps.</summary>
internal sealed class PlannedGroup : IStepContext, IDisposable
{
    private static readonly EnginePaths TestPaths = new($"/srv/minidock-{Environment.ProcessId}", "/run/minidock-test");
    private readonly ICgroupProvider _provider;
    private readonly CgroupRequest _request;
    private readonly PlanStep _create;
    private readonly IStepHandler _handler;

    public PlannedGroup(ResourceLimits? limits = null, Func<ContainerSpec, ContainerSpec>? change = null)
    {
        var spec = new ContainerSpec
        {
            Id = ContainerId.New(),
            Name = "planned",
            Created = DateTimeOffset.UnixEpoch,
            Image = new ImageSelection("none", Digest.Parse(new string('0', 64)), []),
            Process = new ProcessSpec { Arguments = ["true"] },
            Resources = limits ?? new ResourceLimits(),
        };
        ICgroupProvider[] providers = [new V1CgroupProvider(), new V2CgroupProvider()];
        _request = new CgroupRequest(change?.Invoke(spec) ?? spec, HostProbe.Probe(), TestPaths);
        _provider = providers.First(p => p.Supports(_request.Host));
        Problems = [.. _provider.Validate(_request)];
        Plan = [.. _provider.Plan(_request)];
        _create = Plan[0];
        _handler = _provider.Handlers.First(h => h.Kind == _create.Kind);
    }

    public IReadOnlyList<Problem> Problems { get; }

    public IReadOnlyList<PlanStep> Plan { get; }

    public StepValues? Receipt { get; private set; }

    public bool IsV1 => _provider.Name == "v1";

    public long OomKills => _provider.ReadEvents(_request).OomKills;

    /// <summary>All directories of the container.</summary>
    public IReadOnlyList<string> Directories => IsV1
        ? [.. Plan[1].Arguments["files"].Split('\n').Select(file => Path.GetDirectoryName(file)!)]
        : [_provider.SpawnCgroup(_request)!];

    public ContainerId ContainerId => _request.Spec.Id;

    public EnginePaths Paths => _request.Paths;

    public int Pid => 0;

    public StepValues? ReceiptOf(string stepId) => null;

    public IEnumerable<StepValues> ReceiptsOfKind(string kind) => [];

    public PlannedGroup Apply()
    {
        Receipt = _handler.Apply(_create, this);
        return this;
    }

    /// <summary>Changes which devices its processes may use.</summary>
    public PlannedChange ChangeDevices(Func<ContainerSpec, ContainerSpec> change)
    {
        var step = _provider.PlanDevices(_request with { Spec = change(_request.Spec) }, _request.Spec).Single();
        var handler = _provider.Handlers.First(h => h.Kind == step.Kind);
        handler.Apply(step, this);
        return new PlannedChange(() => handler.Undo(step, null, this));
    }

    public void Undo(StepValues? receipt = null) => _handler.Undo(_create, receipt, this);

    /// <summary>Its directory with the files of a controller.</summary>
    public string Directory(string controller) =>
        IsV1 ? Directories.First(d => d.Contains($"/{controller}/", StringComparison.Ordinal) || d.Contains($"/{controller},", StringComparison.Ordinal)) : Directories[0];

    /// <summary>The content of the file that holds a value on this host.</summary>
    public string Read(string v1, string v2) => File.ReadAllText(Path.Combine(Directory(v1[..v1.IndexOf('.')]), IsV1 ? v1 : v2)).Trim();

    /// <summary>Starts a line of shell inside all its groups.</summary>
    public RunningCommand Start(string line)
    {
        var enter = Directories.Select(d => $"echo 0 > {d}/{(IsV1 ? "tasks" : "cgroup.procs")}");
        return RunningCommand.Start("sh", ["-ec", $"{string.Join("; ", enter)}; {line}"]);
    }

    public void Dispose() => Undo(Receipt);
}

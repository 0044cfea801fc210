using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Run;

namespace MiniDock.Tests.Unit.Run;

/// <summary>Providers that plan one step each and find the problems that a test gives them.</summary>
internal sealed class FakeProviders : INetworkProvider, IMountProvider, IRootFileSystemDriver, ICgroupProvider, INameFilesProvider
{
    public string Name { get; init; } = "fake";

    public List<Problem> Problems { get; init; } = [];

    public NamespaceSpec? Joins { get; init; }

    public IEnumerable<IStepHandler> Handlers => [];

    public static ProviderSet Set(FakeProviders network, FakeProviders? mount = null, FakeProviders? root = null, FakeProviders? cgroup = null)
    {
        var plain = new FakeProviders();
        return new ProviderSet([network], [mount ?? plain], [root ?? plain], [cgroup ?? plain], plain);
    }

    public IEnumerable<Problem> Validate(NetworkRequest request) => Problems;

    public NamespaceSpec? Namespace(NetworkRequest request) => Joins;

    public IEnumerable<PlanStep> Plan(NetworkRequest request) =>
        [Step($"net.{request.Index}.lease", PlanPhase.HostBefore), Step($"net.{request.Index}.port", PlanPhase.HostAfter)];

    public IEnumerable<Problem> Validate(MountRequest request) => Problems;

    public IEnumerable<PlanStep> Plan(MountRequest request) => [];

    public IEnumerable<Problem> Validate(RootRequest request) => Problems;

    public IEnumerable<PlanStep> Plan(RootRequest request) => [Step("root.snapshot", PlanPhase.HostBefore) with { Scope = StepScope.Container }];

    public bool Supports(HostFacts host) => true;

    public IEnumerable<Problem> Validate(CgroupRequest request) => Problems;

    public IEnumerable<PlanStep> Plan(CgroupRequest request) => [Step("cgroup.create", PlanPhase.HostBefore)];

    public string? SpawnCgroup(CgroupRequest request) => "/sys/fs/cgroup/minidock/x";

    public CgroupEvents ReadEvents(CgroupRequest request) => new(0);

    public IEnumerable<Problem> Validate(ContainerSpec spec) => Problems;

    public IEnumerable<PlanStep> Plan(ContainerSpec spec, EnginePaths paths) => [Step("etc.files", PlanPhase.HostBefore)];

    private static PlanStep Step(string id, PlanPhase phase) => new() { Id = id, Kind = id, Phase = phase, Why = "a test" };
}

using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;
using MiniDock.Plugins.Cgroups.Changes;
using MiniDock.Plugins.Cgroups.Controllers;
using MiniDock.Plugins.Cgroups.Reading;

namespace MiniDock.Plugins.Cgroups;

/// <summary>Control groups version 2: one group in the unified hierarchy.</summary>
public sealed class V2CgroupProvider : ICgroupProvider
{
    /// <inheritdoc/>
    public string Name => "v2";

    /// <inheritdoc/>
    public IEnumerable<IStepHandler> Handlers => [new V2.V2GroupHandler(), new FreezeHandler(), new UpdateHandler(), new DeviceRulesHandler()];

    /// <inheritdoc/>
    public bool Supports(HostFacts host) => host.Cgroups.Mode == CgroupMode.V2;

    /// <inheritdoc/>
    public IEnumerable<Problem> Validate(CgroupRequest request) =>
        request.Host.Cgroups.UnifiedMount is not { } mount
            ? [new Problem("cgroup driver v2: ENODEV (no hierarchy of version 2 is mounted)", "use --cgroup-driver auto")]
            : ControllerSet.Validate(
                request,
                CgroupVersion.V2,
                controller => Has(request, controller),
                controller => $"{mount}/cgroup.controllers lists what there is: a controller that is mounted as version 1 or disabled at boot is missing in it");

    /// <inheritdoc/>
    public IEnumerable<string> Notices(CgroupRequest request) =>
        ControllerSet.Notices(request, CgroupVersion.V2, controller => Has(request, controller));

    /// <inheritdoc/>
    public IEnumerable<PlanStep> Plan(CgroupRequest request)
    {
        if (request.ParentLimits is { } limits && !Files.Exists($"{request.Host.Cgroups.UnifiedMount}/{GroupPath.Parent(request.Spec, request.Paths)}"))
        {
            yield return Parent(request with { Spec = request.Spec with { Resources = limits } }, GroupStep.Kept);
        }

        yield return GroupOf(
            request, GroupStep.Id, GroupPath.Of(request.Spec, request.Paths), GroupStep.ParentOf(request), ControllerSet.Of(request.Spec),
            "a group that counts and limits what the container uses; the process is cloned into it");
    }

    private static PlanStep Parent(CgroupRequest request, string kind) => GroupOf(
        request, SharedGroup.StepId, GroupPath.Parent(request.Spec, request.Paths), kind, ControllerSet.Limits(request.Spec), "the parent, whose limits its containers share");

    private static PlanStep GroupOf(CgroupRequest request, string id, string path, string parent, IEnumerable<ICgroupController> among, string why)
    {
        var mount = request.Host.Cgroups.UnifiedMount!;
        var controllers = among.Where(c => ControllerSet.IsNeeded(c, request.Spec) && Has(request, c)).ToList();
        var writes = controllers.SelectMany(c => c.Writes(request, CgroupVersion.V2)).ToList();
        var group = $"{mount}/{path}";
        return new PlanStep
        {
            Id = id,
            Phase = PlanPhase.HostBefore,
            Kind = V2.V2GroupHandler.StepKind,
            Arguments = StepValues.Of(
                (V2.V2GroupHandler.Mount, mount),
                (GroupStep.Path, path),
                (GroupStep.Parent, parent),
                (V2.V2GroupHandler.Controllers, string.Join(' ', controllers.Select(c => c.UnifiedName).OfType<string>().Distinct())),
                (GroupStep.Writes, CgroupWrite.Encode(writes))),
            Why = why,
            ManPage = "cgroups(7)",
            Shell = GroupShell.Of([group], writes.Where(w => w.Controller != "devices").ToList(), _ => group),
        };
    }

    /// <inheritdoc/>
    public string? SpawnCgroup(CgroupRequest request) =>
        $"{request.Host.Cgroups.UnifiedMount}/{GroupPath.Of(request.Spec, request.Paths)}";

    /// <inheritdoc/>
    public PlanStep? PlanFreeze(CgroupRequest request) => FreezeHandler.Plan(SpawnCgroup(request)!, CgroupVersion.V2);

    /// <inheritdoc/>
    public IEnumerable<PlanStep> PlanUpdate(CgroupRequest request, ContainerSpec before)
    {
        if (Update(request, before, GroupPath.Of(request.Spec, request.Paths)) is { } update)
        {
            yield return update;
        }
    }

    /// <inheritdoc/>
    public PlanStep PlanParent(CgroupRequest request) => Parent(request, GroupStep.Shared);

    /// <inheritdoc/>
    public PlanStep? PlanParentUpdate(CgroupRequest request, ContainerSpec before) => Update(request, before, GroupPath.Parent(request.Spec, request.Paths));

    private static PlanStep? Update(CgroupRequest request, ContainerSpec before, string path)
    {
        var group = $"{request.Host.Cgroups.UnifiedMount}/{path}";
        var needed = ControllerSet.Limits(request.Spec).Where(c => ControllerSet.IsNeeded(c, request.Spec) && Has(request, c)).ToList();
        var changes = needed.SelectMany(c => LimitDifference.Of(c, request with { Spec = before }, request, CgroupVersion.V2, group)).ToList();
        if (changes.Count == 0)
        {
            return null;
        }

        var there = CgroupFiles.TryRead(group + "/cgroup.controllers")?.Split(' ') ?? [];
        var missing = needed.Select(c => c.UnifiedName).OfType<string>().Except(there).ToList();
        return UpdateHandler.Plan(changes, missing.Count == 0 ? null : (request.Host.Cgroups.UnifiedMount!, path, string.Join(' ', missing)));
    }

    /// <inheritdoc/>
    public IEnumerable<PlanStep> PlanDevices(CgroupRequest request, ContainerSpec before) =>
        DeviceRulesHandler.Plan(request with { Spec = before }, request, SpawnCgroup(request)!, CgroupVersion.V2);

    /// <inheritdoc/>
    public CgroupEvents ReadEvents(CgroupRequest request) =>
        new(CgroupFiles.Counter(CgroupFiles.TryRead(SpawnCgroup(request) + "/memory.events"), "oom_kill"));

    /// <inheritdoc/>
    public string PathOf(CgroupRequest request) => GroupPath.Of(request.Spec, request.Paths);

    /// <inheritdoc/>
    public IReadOnlyList<(string Controllers, string Directory)> Directories(HostFacts host, string path) =>
        Files.Exists($"{host.Cgroups.UnifiedMount}/{path}") ? [("", $"{host.Cgroups.UnifiedMount}/{path}")] : [];

    /// <inheritdoc/>
    public CgroupUsage ReadUsage(HostFacts host, string path) => new V2Reading($"{host.Cgroups.UnifiedMount}/{path}").Usage();

    /// <inheritdoc/>
    public IEnumerable<CgroupLimit> ReadLimits(HostFacts host, string path) => new V2Reading($"{host.Cgroups.UnifiedMount}/{path}").Limits();

    // Device rules are a program, which needs no controller.
    private static bool Has(CgroupRequest request, ICgroupController controller) =>
        controller.UnifiedName is not { } name || request.Host.Cgroups.UnifiedControllers.Contains(name);
}

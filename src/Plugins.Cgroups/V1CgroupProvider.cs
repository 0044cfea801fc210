using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;
using MiniDock.Plugins.Cgroups.Changes;
using MiniDock.Plugins.Cgroups.Controllers;
using MiniDock.Plugins.Cgroups.Reading;

namespace MiniDock.Plugins.Cgroups;

/// <summary>Control groups version 1, also on a hybrid host: a group in each hierarchy that a container needs.</summary>
public sealed class V1CgroupProvider : ICgroupProvider
{
    /// <inheritdoc/>
    public string Name => "v1";

    /// <inheritdoc/>
    public IEnumerable<IStepHandler> Handlers => [new V1.V1GroupHandler(), new FreezeHandler(), new UpdateHandler(), new V1JoinHandler(), new DeviceRulesHandler()];

    /// <inheritdoc/>
    public bool Supports(HostFacts host) => host.Cgroups.Mode is CgroupMode.V1 or CgroupMode.Hybrid;

    /// <inheritdoc/>
    public IEnumerable<Problem> Validate(CgroupRequest request) =>
        request.Host.Cgroups.V1Mounts.Count == 0
            ? [new Problem("cgroup driver v1: ENODEV (no hierarchy of version 1 is mounted)", "use --cgroup-driver auto")]
            : ControllerSet.Validate(
                request,
                CgroupVersion.V1,
                controller => Mount(request, controller) is not null,
                controller => MissingHint(request.Host.Cgroups, controller));

    /// <inheritdoc/>
    public IEnumerable<string> Notices(CgroupRequest request) =>
        ControllerSet.Notices(request, CgroupVersion.V1, controller => Mount(request, controller) is not null);

    /// <inheritdoc/>
    public IEnumerable<PlanStep> Plan(CgroupRequest request)
    {
        var path = GroupPath.Of(request.Spec, request.Paths);
        var controllers = ControllerSet.Of(request.Spec)
            .Where(c => Mount(request, c) is not null && (ControllerSet.IsNeeded(c, request.Spec) || IsLimitedByParent(request, c, path))).ToList();
        if (request.ParentLimits is not null && MissingParent(request) is { } parent)
        {
            yield return parent;
        }

        if (controllers.Count == 0)
        {
            yield break;
        }

        var writes = controllers.SelectMany(c => c.Writes(request, CgroupVersion.V1)).ToList();
        var directories = controllers.Select(c => $"{Mount(request, c)}/{path}").Distinct().ToList();
        yield return GroupsOf(request, GroupStep.Id, path, GroupStep.ParentOf(request), controllers, writes, "groups that count and limit what the container uses");

        // "tasks", not "cgroup.procs": the child is one thread, and moving a whole process takes a lock that waits for every processor.
        yield return new PlanStep
        {
            Id = "child.cgroup-join",
            Phase = PlanPhase.Child,
            Kind = ChildStepKinds.CgroupJoin,
            Arguments = StepValues.Of(("files", string.Join('\n', directories.Select(d => d + "/tasks")))),
            Requires = [GroupStep.Id],
            Why = "the first process enters its groups before it does anything else, so that no instruction runs unlimited",
            ManPage = "cgroups(7)",
            Shell = string.Join("; ", directories.Select(d => $"echo 0 > {d}/tasks")),
        };
    }

    /// <inheritdoc/>
    public string? SpawnCgroup(CgroupRequest request) => null;

    /// <inheritdoc/>
    public PlanStep? PlanFreeze(CgroupRequest request) =>
        request.Host.Cgroups.V1Mounts.TryGetValue("freezer", out var mount) ? FreezeHandler.Plan($"{mount}/{GroupPath.Of(request.Spec, request.Paths)}", CgroupVersion.V1) : null;

    /// <inheritdoc/>
    public IEnumerable<PlanStep> PlanUpdate(CgroupRequest request, ContainerSpec before)
    {
        var path = GroupPath.Of(request.Spec, request.Paths);
        var needed = ControllerSet.Limits(request.Spec).Where(c => ControllerSet.IsNeeded(c, request.Spec) && Mount(request, c) is not null).ToList();
        var there = needed.Where(c => Files.Exists($"{Mount(request, c)}/{path}")).ToList();
        var changes = there.SelectMany(c => LimitDifference.Of(c, request with { Spec = before }, request, CgroupVersion.V1, $"{Mount(request, c)}/{path}")).ToList();
        if (changes.Count > 0)
        {
            yield return UpdateHandler.Plan(changes);
        }

        var missing = needed.Except(there).ToList();
        var source = ControllerSet.All.Select(c => $"{Mount(request, c)}/{path}").FirstOrDefault(d => Files.Exists(d));
        if (missing.Count > 0 && source is not null)
        {
            yield return V1JoinHandler.Plan(
                path,
                GroupStep.ParentOf(request),
                [.. missing.Select(c => (c.Name, Mount(request, c)!)).Distinct()],
                [.. missing.SelectMany(c => c.Writes(request, CgroupVersion.V1))],
                source);
        }
    }

    /// <inheritdoc/>
    public IEnumerable<PlanStep> PlanDevices(CgroupRequest request, ContainerSpec before) =>
        request.Host.Cgroups.V1Mounts.TryGetValue("devices", out var mount)
            ? DeviceRulesHandler.Plan(request with { Spec = before }, request, $"{mount}/{GroupPath.Of(request.Spec, request.Paths)}", CgroupVersion.V1)
            : [];

    /// <inheritdoc/>
    /// <remarks>In every hierarchy, so that a limit which it gets later holds for containers that run by then.</remarks>
    public PlanStep PlanParent(CgroupRequest request) => Parent(request, GroupStep.Shared);

    /// <inheritdoc/>
    public PlanStep? PlanParentUpdate(CgroupRequest request, ContainerSpec before)
    {
        var path = GroupPath.Parent(request.Spec, request.Paths);
        var changes = ControllerSet.Limits(request.Spec).Where(c => Mount(request, c) is not null)
            .SelectMany(c => LimitDifference.Of(c, request with { Spec = before }, request, CgroupVersion.V1, $"{Mount(request, c)}/{path}")).ToList();
        return changes.Count == 0 ? null : UpdateHandler.Plan(changes);
    }

    /// <inheritdoc/>
    public CgroupEvents ReadEvents(CgroupRequest request)
    {
        if (!request.Host.Cgroups.V1Mounts.TryGetValue("memory", out var mount))
        {
            return new CgroupEvents(0);
        }

        var text = CgroupFiles.TryRead($"{mount}/{GroupPath.Of(request.Spec, request.Paths)}/memory.oom_control");
        return new CgroupEvents(CgroupFiles.Counter(text, "oom_kill"));
    }

    /// <inheritdoc/>
    public string PathOf(CgroupRequest request) => GroupPath.Of(request.Spec, request.Paths);

    /// <inheritdoc/>
    public IReadOnlyList<(string Controllers, string Directory)> Directories(HostFacts host, string path) =>
        [.. ControllerSet.All.Select(c => c.Name).Union(host.Cgroups.V1Mounts.Keys).Select(name => (Name: name, Directory: Directory(host, name, path))).Where(d => d.Directory is not null)
            .GroupBy(d => d.Directory!).Select(g => (string.Join(',', g.Select(d => d.Name)), g.Key))];

    /// <inheritdoc/>
    public CgroupUsage ReadUsage(HostFacts host, string path) => new V1Reading(controller => Directory(host, controller, path)).Usage();

    /// <inheritdoc/>
    public IEnumerable<CgroupLimit> ReadLimits(HostFacts host, string path) => new V1Reading(controller => Directory(host, controller, path)).Limits();

    private static PlanStep Parent(CgroupRequest request, string kind)
    {
        var controllers = ControllerSet.Of(request.Spec).Where(c => Mount(request, c) is not null).ToList();
        return GroupsOf(
            request, SharedGroup.StepId, GroupPath.Parent(request.Spec, request.Paths), kind, controllers,
            [.. controllers.Where(c => c is not DevicesController).SelectMany(c => c.Writes(request, CgroupVersion.V1))], "the parent, whose limits its containers share");
    }

    private static PlanStep? MissingParent(CgroupRequest request)
    {
        var step = Parent(request with { Spec = request.Spec with { Resources = request.ParentLimits! } }, GroupStep.Kept);
        return V1.V1GroupHandler.ParseMounts(step).All(m => Files.Exists($"{m.Value}/{step.Arguments[GroupStep.Path]}")) ? null : step;
    }

    // What a parent limits holds only for those who are below it in that hierarchy too. A container that runs stays where it is.
    private static bool IsLimitedByParent(CgroupRequest request, ICgroupController controller, string path)
    {
        if (request.Spec.CgroupParent is null)
        {
            return false;
        }

        return request.ParentLimits is not null || Files.Exists($"{Mount(request, controller)}/{path}")
            || (Files.Exists($"{Mount(request, controller)}/{GroupPath.Parent(request.Spec, request.Paths)}")
                && !ControllerSet.All.Any(c => Mount(request, c) is { } mount && Files.Exists($"{mount}/{path}")));
    }

    private static PlanStep GroupsOf(
        CgroupRequest request, string id, string path, string parent, IReadOnlyList<ICgroupController> controllers, IReadOnlyList<CgroupWrite> writes, string why) => new()
    {
        Id = id,
        Phase = PlanPhase.HostBefore,
        Kind = V1.V1GroupHandler.StepKind,
        Arguments = StepValues.Of(
            (GroupStep.Path, path),
            (GroupStep.Parent, parent),
            (V1.V1GroupHandler.Mounts, string.Join('\n', controllers.Select(c => $"{c.Name}={Mount(request, c)}").Distinct())),
            (GroupStep.Writes, CgroupWrite.Encode(writes))),
        Why = why,
        ManPage = "cgroups(7)",
        Shell = GroupShell.Of(
            [.. controllers.Select(c => $"{Mount(request, c)}/{path}").Distinct()], writes, write => $"{Mount(request, controllers.First(c => c.Name == write.Controller))}/{path}"),
    };

    private static string MissingHint(CgroupLayout host, ICgroupController controller) =>
        host.UnifiedMount is { } unified && CgroupFiles.TryRead(unified + "/cgroup.controllers")?.Split(' ').Contains(controller.Name) == true
            ? $"the controller belongs to the hierarchy of version 2 at {unified}; boot with all controllers on one version: systemd.unified_cgroup_hierarchy=1"
            : $"mount it: mount -t cgroup -o {controller.Name} cgroup DIRECTORY; /proc/cgroups lists what the kernel has, cgroup_disable= on its command line takes away";

    private static string? Directory(HostFacts host, string controller, string path) =>
        host.Cgroups.V1Mounts.TryGetValue(controller, out var mount) && Files.Exists($"{mount}/{path}") ? $"{mount}/{path}" : null;

    private static string? Mount(CgroupRequest request, ICgroupController controller) =>
        request.Host.Cgroups.V1Mounts.TryGetValue(controller.Name, out var mount) ? mount : null;
}

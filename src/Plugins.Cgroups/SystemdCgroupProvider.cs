using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;
using MiniDock.Plugins.Cgroups.Changes;
using MiniDock.Plugins.Cgroups.Controllers;
using MiniDock.Plugins.Cgroups.Systemd;

namespace MiniDock.Plugins.Cgroups;

/// <summary>Control groups version 2 where systemd is their one writer: a transient scope for each container, made over D-Bus.</summary>
public sealed class SystemdCgroupProvider : ICgroupProvider
{
    private const string Booted = "/run/systemd/system";
    private readonly V2CgroupProvider _groups = new();

    /// <inheritdoc/>
    public string Name => "systemd";

    /// <inheritdoc/>
    public IEnumerable<IStepHandler> Handlers => [new ScopeHandler(), new UnitUpdateHandler()];

    /// <inheritdoc/>
    /// <remarks>Only where it is asked for: it costs a start two turns of a bus.</remarks>
    public bool Supports(HostFacts host) => false;

    /// <inheritdoc/>
    public IEnumerable<Problem> Validate(CgroupRequest request)
    {
        if (request.Host.Cgroups.Mode != CgroupMode.V2)
        {
            return [new Problem("cgroup driver systemd: EOPNOTSUPP (this host is not on cgroup version 2 alone)", "use --cgroup-driver auto, or boot with systemd.unified_cgroup_hierarchy=1")];
        }

        if (!Files.Exists(Booted))
        {
            return [new Problem($"cgroup driver systemd: ENODEV (systemd does not run here: there is no {Booted})", "use --cgroup-driver auto")];
        }

        return SlicePath.Validate(request.Spec.CgroupParent) is { } problem
            ? [problem]
            : _groups.Validate(request with { Spec = request.Spec with { CgroupParent = null } });
    }

    /// <inheritdoc/>
    public IEnumerable<string> Notices(CgroupRequest request) => _groups.Notices(request);

    /// <inheritdoc/>
    public IEnumerable<PlanStep> Plan(CgroupRequest request)
    {
        var (unit, slice) = (SlicePath.ScopeOf(request.Spec.Id), SlicePath.SliceOf(request));
        var writes = Needed(request).SelectMany(c => c.Writes(request, CgroupVersion.V2)).ToList();
        List<UnitProperty> properties =
        [
            new("Description", "s", $"minidock container {request.Spec.Name}"), new("Slice", "s", slice), new("Delegate", "b", "true"), new("DefaultDependencies", "b", "false"),
            new("CollectMode", "s", "inactive-or-failed"), .. new[] { "Memory", "CPU", "Tasks", "IO" }.Select(what => new UnitProperty(what + "Accounting", "b", "true")),
            .. LimitProperties.Of(writes),
        ];
        yield return new PlanStep
        {
            Id = GroupStep.Id,
            Phase = PlanPhase.HostAfter,
            Kind = ScopeHandler.StepKind,
            Arguments = StepValues.Of(
                (ScopeHandler.Unit, unit),
                (ScopeHandler.Slice, slice),
                (ScopeHandler.Directory, DirectoryOf(request)),
                (ScopeHandler.Properties, UnitProperty.Encode(properties)),
                (GroupStep.Writes, CgroupWrite.Encode(writes))),
            Requires = ["spawn"],
            Why = "a transient scope of systemd that counts and limits what the container uses, before its first instruction",
            ManPage = "org.freedesktop.systemd1(5)",
            Shell = $"systemd-run --scope --unit={unit} --slice={slice} {string.Join(' ', LimitProperties.Of(writes).Select(p => $"-p {p.Name}={p.Value}"))} COMMAND",
        };
    }

    /// <inheritdoc/>
    /// <remarks>The first process is there before its scope is; those of <c>exec</c> are cloned into it.</remarks>
    public string? SpawnCgroup(CgroupRequest request) => DirectoryOf(request) is var directory && Files.Exists(directory) ? directory : null;

    /// <inheritdoc/>
    public PlanStep? PlanFreeze(CgroupRequest request) => FreezeHandler.Plan(DirectoryOf(request), CgroupVersion.V2);

    /// <inheritdoc/>
    public IEnumerable<PlanStep> PlanUpdate(CgroupRequest request, ContainerSpec before)
    {
        var changes = Needed(request).Where(c => c is not (DevicesController or FreezerController))
            .SelectMany(c => LimitDifference.Of(c, request with { Spec = before }, request, CgroupVersion.V2, DirectoryOf(request))).ToList();
        if (changes.Count == 0)
        {
            yield break;
        }

        var old = changes.Where(c => c.Before is { Length: > 0 }).Select(c => c.Write with { Value = c.Before! });
        yield return UnitUpdateHandler.Plan(SlicePath.ScopeOf(request.Spec.Id), [.. LimitProperties.Of(changes.Select(c => c.Write))], [.. LimitProperties.Of(old)]);
        yield return UpdateHandler.Plan(changes);
    }

    /// <inheritdoc/>
    public IEnumerable<PlanStep> PlanDevices(CgroupRequest request, ContainerSpec before) =>
        DeviceRulesHandler.Plan(request with { Spec = before }, request, DirectoryOf(request), CgroupVersion.V2);

    /// <inheritdoc/>
    public CgroupEvents ReadEvents(CgroupRequest request) =>
        new(CgroupFiles.Counter(CgroupFiles.TryRead(Path.GetDirectoryName(DirectoryOf(request)) + "/memory.events"), "oom_kill"));

    /// <inheritdoc/>
    public string PathOf(CgroupRequest request) => SlicePath.Of(request);

    /// <inheritdoc/>
    public IReadOnlyList<(string Controllers, string Directory)> Directories(HostFacts host, string path) => _groups.Directories(host, path);

    /// <inheritdoc/>
    public CgroupUsage ReadUsage(HostFacts host, string path) => _groups.ReadUsage(host, path);

    /// <inheritdoc/>
    public IEnumerable<CgroupLimit> ReadLimits(HostFacts host, string path) => _groups.ReadLimits(host, path);

    private static string DirectoryOf(CgroupRequest request) => $"{request.Host.Cgroups.UnifiedMount}/{SlicePath.Of(request)}";

    private static IEnumerable<ICgroupController> Needed(CgroupRequest request) => ControllerSet.Of(request.Spec)
        .Where(c => ControllerSet.IsNeeded(c, request.Spec) && (c.UnifiedName is not { } name || request.Host.Cgroups.UnifiedControllers.Contains(name)));
}

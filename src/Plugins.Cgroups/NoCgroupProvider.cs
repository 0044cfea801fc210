using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Plugins.Cgroups.Controllers;

namespace MiniDock.Plugins.Cgroups;

/// <summary>No control groups: for hosts that have none, and for <c>--cgroup-driver none</c>. A limit that was asked for is an error.</summary>
public sealed class NoCgroupProvider : ICgroupProvider
{
    /// <inheritdoc/>
    public string Name => "none";

    /// <inheritdoc/>
    public IEnumerable<IStepHandler> Handlers => [];

    /// <inheritdoc/>
    public bool Supports(HostFacts host) => host.Cgroups.Mode == CgroupMode.None;

    /// <inheritdoc/>
    public IEnumerable<Problem> Validate(CgroupRequest request)
    {
        var hint = request.Host.Cgroups.Mode == CgroupMode.None
            ? "mount control groups: mount -t cgroup2 cgroup2 /sys/fs/cgroup"
            : "leave the limit or --cgroup-driver none out";
        foreach (var controller in ControllerSet.Of(request.Spec))
        {
            if (controller.AskedBy(request.Spec) is { } flag)
            {
                yield return new Problem($"limit {flag}: ENODEV (no control groups are used)", hint);
            }
        }

        if (request.Spec.CgroupParent is not null)
        {
            yield return new Problem("limit --cgroup-parent: ENODEV (no control groups are used)", hint);
        }
    }

    /// <inheritdoc/>
    public IEnumerable<string> Notices(CgroupRequest request) => ControllerSet.Notices(request, CgroupVersion.V2, _ => false);

    /// <inheritdoc/>
    public IEnumerable<PlanStep> Plan(CgroupRequest request) => [];

    /// <inheritdoc/>
    public string? SpawnCgroup(CgroupRequest request) => null;

    /// <inheritdoc/>
    public CgroupEvents ReadEvents(CgroupRequest request) => new(0);
}

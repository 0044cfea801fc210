using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Plugins.Cgroups.Controllers;

/// <summary>The freezer of version 1 (cgroup-v1/freezer-subsystem.rst): no limit, but pausing needs the group. Version 2 has cgroup.freeze in each group.</summary>
internal sealed class FreezerController : ICgroupController
{
    public string Name => "freezer";

    public string? UnifiedName => null;

    public string? AskedBy(ContainerSpec spec) => null;

    public IEnumerable<Problem> Validate(CgroupRequest request, CgroupVersion version) => [];

    public IEnumerable<CgroupWrite> Writes(CgroupRequest request, CgroupVersion version) => [];
}

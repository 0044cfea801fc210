using System.Globalization;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Plugins.Cgroups.Controllers;

/// <summary>Processes and threads (cgroup-v1/pids.rst).</summary>
internal sealed class PidsController : ICgroupController
{
    public string Name => "pids";

    public string UnifiedName => "pids";

    // The default limit is no wish of the user: a host without the controller may still run containers.
    public string? AskedBy(ContainerSpec spec) =>
        spec.Resources.PidsLimit is null or ResourceLimits.DefaultPidsLimit or <= 0 ? null : "--pids-limit";

    public IEnumerable<Problem> Validate(CgroupRequest request, CgroupVersion version)
    {
        if (request.Spec.Resources.PidsLimit is < -1)
        {
            yield return new Problem($"pids limit {request.Spec.Resources.PidsLimit}: ERANGE", "give a number above 0, or -1 for no limit");
        }
    }

    public string? Unlimited(CgroupWrite write) => "max";

    public IEnumerable<CgroupWrite> Writes(CgroupRequest request, CgroupVersion version)
    {
        if (request.Spec.Resources.PidsLimit is > 0 and var limit)
        {
            yield return new("pids.max", limit.ToString(CultureInfo.InvariantCulture));
        }
    }
}

using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Plugins.Cgroups.Controllers;

/// <summary>Processors and memory nodes (cgroup-v1/cpusets.rst).</summary>
internal sealed class CpusetController : ICgroupController
{
    public string Name => "cpuset";

    public string UnifiedName => "cpuset";

    public string? AskedBy(ContainerSpec spec) => spec.Resources switch
    {
        { CpusetCpus: not null } => "--cpuset-cpus",
        { CpusetMems: not null } => "--cpuset-mems",
        _ => null,
    };

    public IEnumerable<Problem> Validate(CgroupRequest request, CgroupVersion version)
    {
        var limits = request.Spec.Resources;
        return Check("cpuset cpus", limits.CpusetCpus, Available(request, version, "cpus"))
            .Concat(Check("cpuset mems", limits.CpusetMems, Available(request, version, "mems")));
    }

    public IEnumerable<CgroupWrite> Writes(CgroupRequest request, CgroupVersion version)
    {
        var limits = request.Spec.Resources;
        if (limits.CpusetCpus is { } cpus)
        {
            yield return new("cpuset.cpus", cpus);
        }

        if (limits.CpusetMems is { } mems)
        {
            yield return new("cpuset.mems", mems);
        }
    }

    private static IEnumerable<Problem> Check(string what, string? asked, string? available)
    {
        if (asked is null)
        {
            yield break;
        }

        if (!CpuList.TryParse(asked, out var numbers))
        {
            yield return new Problem($"{what} '{asked}': EINVAL (not a list of numbers)", "write it as 0-2,7");
        }
        else if (available is not null && CpuList.TryParse(available, out var there) && !numbers.IsSubsetOf(there))
        {
            yield return new Problem($"{what} {asked}: ERANGE (this host has {available})", null);
        }
    }

    // The root group's files: the same names in both versions but for where "effective" stands.
    private static string? Available(CgroupRequest request, CgroupVersion version, string kind)
    {
        if (version == CgroupVersion.V2)
        {
            return request.Host.Cgroups.UnifiedMount is { } unified ? CgroupFiles.TryRead($"{unified}/cpuset.{kind}.effective") : null;
        }

        return request.Host.Cgroups.V1Mounts.TryGetValue("cpuset", out var mount) ? CgroupFiles.TryRead($"{mount}/cpuset.{kind}") : null;
    }
}

using System.Globalization;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;

namespace MiniDock.Plugins.Cgroups.Controllers;

/// <summary>Huge pages, a limit for each size (cgroup-v1/hugetlb.rst, cgroup-v2.rst "HugeTLB").</summary>
internal sealed class HugetlbController : ICgroupController
{
    private const string PagesDirectory = "/sys/kernel/mm/hugepages";

    public string Name => "hugetlb";

    public string UnifiedName => "hugetlb";

    public string? AskedBy(ContainerSpec spec) => spec.Resources.HugepageLimits.Count > 0 ? "--hugetlb-limit" : null;

    public IEnumerable<Problem> Validate(CgroupRequest request, CgroupVersion version)
    {
        if (request.Spec.Resources.HugepageLimits.Count == 0)
        {
            yield break;
        }

        // "hugepages-2048kB"
        var sizes = Files.Exists(PagesDirectory)
            ? Files.ReadDirectory(PagesDirectory).Where(e => e.Kind == FileKind.Directory).Select(e => SizeOf(e.Text)).OfType<string>().Order(StringComparer.Ordinal).ToList()
            : [];
        foreach (var limit in request.Spec.Resources.HugepageLimits)
        {
            if (!sizes.Contains(limit.PageSize))
            {
                yield return new Problem(
                    $"huge pages of {limit.PageSize}: EOPNOTSUPP (this host has none of that size)",
                    sizes.Count == 0 ? "this kernel has no huge pages" : $"sizes here: {string.Join(' ', sizes)}");
            }
        }
    }

    public string Unlimited(CgroupWrite write) => write.File.EndsWith("max", StringComparison.Ordinal) ? "max" : "-1";

    public IEnumerable<CgroupWrite> Writes(CgroupRequest request, CgroupVersion version)
    {
        foreach (var limit in request.Spec.Resources.HugepageLimits)
        {
            // What is reserved counts too, where the kernel tells it apart (Linux 5.7): else a process is killed by SIGBUS where mmap(2) could have failed.
            var bytes = limit.Bytes.ToString(CultureInfo.InvariantCulture);
            var file = version == CgroupVersion.V1 ? "limit_in_bytes" : "max";
            yield return new($"hugetlb.{limit.PageSize}.{file}", bytes);
            yield return new($"hugetlb.{limit.PageSize}.rsvd.{file}", bytes, Optional: true);
        }
    }

    private static string? SizeOf(string directory) =>
        directory.StartsWith("hugepages-", StringComparison.Ordinal) && directory.EndsWith("kB", StringComparison.Ordinal)
        && long.TryParse(directory.AsSpan(10, directory.Length - 12), out var kibibytes)
            ? kibibytes switch
            {
                >= 1 << 20 when kibibytes % (1 << 20) == 0 => $"{kibibytes >> 20}GB",
                >= 1 << 10 when kibibytes % (1 << 10) == 0 => $"{kibibytes >> 10}MB",
                _ => $"{kibibytes}KB",
            }
            : null;
}

using System.Globalization;
using MiniDock.Abstractions.Providers;
using MiniDock.Plugins.Cgroups.Controllers;

namespace MiniDock.Plugins.Cgroups.Changes;

/// <summary>What has to be written for limits to become others.</summary>
internal static class LimitDifference
{
    private const string SwapLimitFile = "memory.memsw.limit_in_bytes";

    /// <summary>The changes of one controller, in an order that the kernel accepts.</summary>
    public static IEnumerable<LimitChange> Of(ICgroupController controller, CgroupRequest before, CgroupRequest after, CgroupVersion version, string directory)
    {
        var old = controller.Writes(before, version).ToList();
        var wanted = controller.Writes(after, version).ToList();
        var changes = new List<LimitChange>();
        foreach (var write in wanted.Where(w => !old.Exists(o => (o.File, o.Value) == (w.File, w.Value))))
        {
            var was = old.Find(o => Limit(o) == Limit(write)).Value;
            changes.Add(new LimitChange(directory, write, was ?? controller.Unlimited(write) ?? Current(directory, write)));
        }

        foreach (var gone in old.Where(o => !wanted.Exists(w => Limit(w) == Limit(o))))
        {
            if (controller.Unlimited(gone) is { } unlimited)
            {
                changes.Add(new LimitChange(directory, gone with { Value = unlimited }, gone.Value));
            }
        }

        // The kernel holds at every instant memory <= memory and swap, burst <= quota, real-time runtime <= its period: what grows, grows from above.
        return changes.OrderBy(c => c.Write.File switch
        {
            SwapLimitFile => Grows(c) ? 0 : 1,
            "cpu.cfs_burst_us" or "cpu.max.burst" or "cpu.rt_runtime_us" => Grows(c) ? 1 : 0,
            _ => 1,
        });
    }

    // A file of limits for single devices has a line for each.
    private static (string File, string Device) Limit(CgroupWrite write) => (
        write.File,
        write.File.StartsWith("blkio.", StringComparison.Ordinal) || write.File.Contains("weight", StringComparison.Ordinal) ? write.Value[..(write.Value.IndexOf(' ') + 1)]
        : write.File == "io.max" ? write.Value[..write.Value.IndexOf('=')]
        : "");

    private static bool Grows(LimitChange change) => Bytes(change.Write.Value) > Bytes(change.Before ?? "-1");

    private static long Bytes(string value) => long.Parse(value, CultureInfo.InvariantCulture) is >= 0 and var bytes ? bytes : long.MaxValue;

    // A file of weights begins with "default 100" where devices may have their own.
    private static string? Current(string directory, CgroupWrite write) => write.File.Split('|')
        .Select(name => CgroupFiles.TryRead($"{directory}/{name}")).FirstOrDefault(text => !string.IsNullOrEmpty(text))?.Split('\n')[0];
}

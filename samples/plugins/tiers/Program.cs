using System.Globalization;
using MiniDock.Abstractions.Plugins;
using MiniDock.Plugins.Sdk;

return Plugin.Run<Tiers>();

/// <summary>
/// <c>--cgroup-driver tiers --label tier=gold</c>: memory that the kernel takes last from gold and first from bronze. A label may come from the image, so
/// a tier gives weight among neighbours and never more than the user's limits.
/// </summary>
internal sealed class Tiers : CgroupPlugin
{
    private const long Mebibyte = 1 << 20;

    protected override CgroupResult Plan(PluginCall call)
    {
        var tier = call.Container.Labels.TryGetValue("tier", out var label) ? label : "silver";
        var (keep, weight) = tier switch
        {
            "gold" => (256 * Mebibyte, "200"),
            "silver" => (64 * Mebibyte, "100"),
            "bronze" => (16 * Mebibyte, "50"),
            _ => throw new PluginException("EINVAL", $"tier {tier}: not known", "the tiers are gold, silver and bronze"),
        };
        var bytes = Math.Min(keep, Limit(call)).ToString(CultureInfo.InvariantCulture);
        return new CgroupResult
        {
            Parent = $"tier-{tier}",
            V1 = new Dictionary<string, IReadOnlyDictionary<string, string>> { ["memory"] = new Dictionary<string, string> { ["memory.soft_limit_in_bytes"] = bytes } },
            V2 = new Dictionary<string, string> { ["memory.low"] = bytes, ["cpu.weight"] = weight },
        };
    }

    private static long Limit(PluginCall call) =>
        call.Request.Resources is { } resources && resources.TryGetProperty("memory", out var memory) && memory.TryGetProperty("limit", out var limit)
            ? limit.GetInt64()
            : long.MaxValue;
}

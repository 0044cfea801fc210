using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Plugins;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;

namespace MiniDock.Engine.Plugins.Cgroups;

/// <summary>Writes what a cgroup plugin has planned to the files of a container's groups. They end with the groups: there is nothing to undo.</summary>
public sealed class PluginCgroupHandler : IStepHandler
{
    private const string StepKind = "plugin.cgroup.write";
    private const string Writes = "writes";

    // Files that say who is in a group, and what is done when it is empty.
    private static readonly string[] Forbidden = ["tasks", "cgroup.procs", "cgroup.threads", "cgroup.subtree_control", "cgroup.type", "release_agent", "notify_on_release", "cgroup.event_control"];

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <summary>All that is wrong with a result.</summary>
    public static IEnumerable<Problem> Complaints(InstalledPlugin plugin, CgroupResult result, HostFacts host)
    {
        var isV2 = host.Cgroups.Mode == CgroupMode.V2;
        foreach (var (file, value) in (isV2 ? result.V2 : result.V1.SelectMany(c => c.Value)).Where(w => !IsFile(w.Key) || w.Value.Contains('\0')))
        {
            yield return new Problem($"plugin {plugin.Name} cgroup.plan: EPROTO ({PluginFailures.Shown(file)}: not a file that it may write {PluginFailures.Shown(value)} to)");
        }

        foreach (var controller in result.V1.Keys.Where(c => !isV2 && !host.Cgroups.V1Mounts.ContainsKey(c)))
        {
            yield return new Problem($"plugin {plugin.Name} cgroup.plan: ENODEV (this host has no controller {PluginFailures.Shown(controller)})");
        }
    }

    /// <summary>The step; null where nothing is to be written.</summary>
    public static PlanStep? Plan(InstalledPlugin plugin, CgroupResult result, HostFacts host, string path)
    {
        var writes = (host.Cgroups.Mode == CgroupMode.V2
            ? result.V2.Select(w => (File: $"{host.Cgroups.UnifiedMount}/{path}/{w.Key}", w.Value))
            : result.V1.SelectMany(c => c.Value.Select(w => (File: $"{host.Cgroups.V1Mounts[c.Key]}/{path}/{w.Key}", w.Value)))).ToList();
        return writes.Count == 0 ? null : new PlanStep
        {
            Id = "cgroup.plugin",
            Phase = PlanPhase.HostBefore,
            Kind = StepKind,
            Arguments = StepValues.Of((Writes, string.Join('\0', writes.Select(w => $"{w.File}\0{w.Value}")))),
            Why = $"what plugin {plugin.Name} has planned",
            ManPage = "docs/plugins.md",
            Shell = string.Join('\n', writes.Select(w => $"echo {w.Value} > {w.File}")),
        };
    }

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        var parts = step.Arguments[Writes].Split('\0');
        for (var i = 0; i < parts.Length; i += 2)
        {
            using var file = Files.Open(parts[i], OpenFlags.WriteOnly | OpenFlags.NoFollow);
            var error = Files.TryWrite(file, System.Text.Encoding.UTF8.GetBytes(parts[i + 1]), out _);
            if (error != Errno.Success)
            {
                throw new LinuxException($"write {PluginFailures.Shown(parts[i + 1])} to", parts[i], error);
            }
        }

        return StepValues.Empty;
    }

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
    }

    private static bool IsFile(string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '_') && name.Contains('.') && !name.StartsWith('.') && !Forbidden.Contains(name);
}

using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;
using MiniDock.Plugins.Cgroups.Controllers;
using MiniDock.Plugins.Cgroups.V2;

namespace MiniDock.Plugins.Cgroups.Changes;

/// <summary>Changes which devices a running container may use; undoing it changes that back.</summary>
internal sealed class DeviceRulesHandler : IStepHandler
{
    private const string StepKind = "cgroup.devices";
    private const string Group = "group";
    private const string Version = "version";
    private const string Before = "before";
    private const string After = "after";

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <summary>The step; none where nothing changes.</summary>
    /// <param name="before">The container as it is.</param>
    /// <param name="after">The container as it is to be.</param>
    /// <param name="group">Directory of its group.</param>
    /// <param name="version">Version of the hierarchy.</param>
    public static IEnumerable<PlanStep> Plan(CgroupRequest before, CgroupRequest after, string group, CgroupVersion version)
    {
        var (old, wanted) = (Lines(before, version), Lines(after, version));
        var (allowed, denied) = (Difference(old, wanted).ToList(), Difference(wanted, old).ToList());
        if (allowed.Count + denied.Count == 0)
        {
            yield break;
        }

        yield return new PlanStep
        {
            Id = StepKind,
            Phase = PlanPhase.HostAfter,
            Kind = StepKind,
            Arguments = StepValues.Of((Group, group), (Version, version.ToString()), (Before, string.Join('\n', old)), (After, string.Join('\n', wanted))),
            Why = "which devices the container may use",
            ManPage = version == CgroupVersion.V1 ? "cgroup-v1/devices.rst" : "cgroup-v2.rst",
            Shell = version == CgroupVersion.V1
                ? string.Join("; ", allowed.Select(r => $"echo '{r}' > {group}/devices.allow").Concat(denied.Select(r => $"echo '{r}' > {group}/devices.deny")))
                : null,
        };
    }

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        Change(step, Before, After, isUndo: false);
        return StepValues.Empty;
    }

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context) => Change(step, After, Before, isUndo: true);

    private static void Change(PlanStep step, string from, string to, bool isUndo)
    {
        var group = step.Arguments[Group];
        if (isUndo && !Files.Exists(group))
        {
            return;
        }

        var (old, wanted) = (step.Arguments[from].Split('\n'), step.Arguments[to].Split('\n'));
        if (step.Arguments[Version] == nameof(CgroupVersion.V2))
        {
            V2DeviceRules.Attach(group, V2DeviceRules.Of(wanted.Select(line => new CgroupWrite(V2DeviceRules.AllowFile, line))), isNew: false);
            return;
        }

        Write(group + "/devices.allow", Difference(old, wanted));
        Write(group + "/devices.deny", Difference(wanted, old));
    }

    private static void Write(string path, IEnumerable<string> rules)
    {
        foreach (var rule in rules)
        {
            if (CgroupFiles.TryWrite(path, rule) is not Errno.Success and var errno)
            {
                throw GroupErrors.Write(path, rule, errno);
            }
        }
    }

    private static List<string> Lines(CgroupRequest request, CgroupVersion version) =>
        [.. new DevicesController().Writes(request, version).Where(w => w.File == V2DeviceRules.AllowFile).Select(w => w.Value)];

    // What is allowed by the second and not by the first: rules of the same devices count as one, as the kernel keeps them.
    private static IEnumerable<string> Difference(IEnumerable<string> first, IEnumerable<string> second)
    {
        var has = Merged(first);
        foreach (var (device, access) in Merged(second))
        {
            var more = string.Concat(access.Except(has.GetValueOrDefault(device, "")));
            if (more.Length > 0)
            {
                yield return (device with { Access = more }).ToString();
            }
        }
    }

    private static Dictionary<DeviceRule, string> Merged(IEnumerable<string> lines) => lines.Select(DeviceRuleText.Parse)
        .GroupBy(r => r with { Access = "" }).ToDictionary(g => g.Key, g => string.Concat("rwm".Where(letter => g.Any(r => r.Access.Contains(letter)))));
}

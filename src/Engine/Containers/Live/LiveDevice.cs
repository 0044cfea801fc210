using System.Globalization;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Engine.Run.Journal;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Live;

/// <summary>A device that a running container was given.</summary>
/// <param name="Device">What was asked.</param>
/// <param name="Rule">The numbers of the node and what may be done with it.</param>
/// <param name="Index">Its number among the devices of this run.</param>
/// <param name="IsKept">Whether the next start has it too.</param>
/// <param name="Mount">Where the host's node is mounted there, the mount; null: the container has a node of its own.</param>
public sealed record LiveDevice(DeviceSpec Device, DeviceRule Rule, int Index, bool IsKept, MountIdentity? Mount)
{
    /// <summary>Kind of the step that puts it into the container.</summary>
    public const string StepKind = "device.live";

    /// <summary>The devices of a run, that of an addition that has not come to its end left out.</summary>
    public static IReadOnlyList<LiveDevice> Of(IReadOnlyList<JournalEntry> journal)
    {
        var isUnfinished = LiveChange.IsUnfinished(journal);
        return [.. journal.Where(e => e.Step.Kind == StepKind && !isUnfinished(e.Step)).Select(e => From(e.Step))];
    }

    /// <summary>Type of the node.</summary>
    public FileKind Kind => Rule.Type == 'b' ? FileKind.BlockDevice : FileKind.CharacterDevice;

    /// <summary>Number of the node.</summary>
    public DeviceNumber Number => new(Rule.Major!.Value, Rule.Minor!.Value);

    /// <summary>Reads the arguments of the step.</summary>
    public static LiveDevice From(PlanStep step)
    {
        var values = step.Arguments;
        return new(
            new DeviceSpec(values["source"], values["target"], values["access"]),
            new DeviceRule(values["type"][0], Number(values["major"]), Number(values["minor"]), values["access"]),
            LiveSteps.IndexOf(LiveSteps.Device, step),
            values["kept"] == "true",
            values.Find("id") is { } id ? new MountIdentity(int.Parse(id, CultureInfo.InvariantCulture), ulong.Parse(values["unique"], CultureInfo.InvariantCulture)) : null);

        static uint Number(string text) => uint.Parse(text, CultureInfo.InvariantCulture);
    }

    /// <summary>The step.</summary>
    public PlanStep ToStep() => new()
    {
        Id = $"{LiveSteps.PrefixOf(LiveSteps.Device, Index)}live",
        Phase = PlanPhase.HostAfter,
        Kind = StepKind,
        Arguments = StepValues.Of(
            ("source", Device.Source),
            ("target", Device.Target),
            ("access", Device.Access),
            ("type", $"{Rule.Type}"),
            ("major", Text(Rule.Major!.Value)),
            ("minor", Text(Rule.Minor!.Value)),
            ("kept", IsKept ? "true" : "false"),
            ("id", Mount is { } mount ? Text((ulong)mount.Id) : null),
            ("unique", Mount is { } same ? Text(same.UniqueId) : null)),
        Why = "a device for a container that runs already",
        ManPage = Mount is null ? "mknod(2)" : "move_mount(2)",
    };

    private static string Text(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}

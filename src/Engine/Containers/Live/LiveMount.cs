using System.Globalization;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Run.Journal;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Live;

/// <summary>A mount that a running container was given.</summary>
/// <param name="Mount">What was asked.</param>
/// <param name="Index">Its number in this run.</param>
/// <param name="IsFileSystem">Whether it was made for the purpose, of a type of the kernel's; else a provider planned it.</param>
/// <param name="IsKept">Whether the next start has it too.</param>
/// <param name="Identity">The mount itself: whatever is at its place, only this is ever unmounted.</param>
public sealed record LiveMount(MountSpec Mount, int Index, bool IsFileSystem, bool IsKept, MountIdentity Identity)
{
    /// <summary>Kind of the step that puts it into the container.</summary>
    public const string StepKind = "mount.live";

    private const string True = "true";

    /// <summary>The mounts of a run, those of an addition that has not come to its end left out.</summary>
    public static IReadOnlyList<LiveMount> Of(IReadOnlyList<JournalEntry> journal)
    {
        var isUnfinished = LiveChange.IsUnfinished(journal);
        return [.. journal.Where(e => e.Step.Kind == StepKind && !isUnfinished(e.Step)).Select(e => From(e.Step))];
    }

    /// <summary>Reads the arguments of the step.</summary>
    public static LiveMount From(PlanStep step) => new(
        MountJson.Parse(step.Arguments["mount"]),
        LiveSteps.IndexOf(LiveSteps.Mount, step),
        step.Arguments["made"] == True,
        step.Arguments["kept"] == True,
        new MountIdentity(
            int.Parse(step.Arguments["id"], CultureInfo.InvariantCulture), ulong.Parse(step.Arguments["unique"], CultureInfo.InvariantCulture)));

    /// <summary>The step. The mount exists already, at no place: so its number is in the journal before any container has it.</summary>
    public PlanStep ToStep() => new()
    {
        Id = $"{LiveSteps.PrefixOf(LiveSteps.Mount, Index)}live",
        Phase = PlanPhase.HostAfter,
        Kind = StepKind,
        Arguments = StepValues.Of(
            ("mount", MountJson.ToText(Mount)),
            ("made", IsFileSystem ? True : "false"),
            ("kept", IsKept ? True : "false"),
            ("id", Identity.Id.ToString(CultureInfo.InvariantCulture)),
            ("unique", Identity.UniqueId.ToString(CultureInfo.InvariantCulture))),
        Why = "a mount for a container that runs already",
        ManPage = "move_mount(2)",
    };
}

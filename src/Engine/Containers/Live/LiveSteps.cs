using System.Globalization;
using MiniDock.Abstractions.Plan;
using MiniDock.Engine.Run.Journal;

namespace MiniDock.Engine.Containers.Live;

/// <summary>How the steps are named by which mounts and devices come to a running container.</summary>
internal static class LiveSteps
{
    /// <summary>What those begin with that are out of the journal when the change has come to its end.</summary>
    public const string ChangePrefix = "live.";

    /// <summary>What the steps of a mount begin with: providers name theirs like this too.</summary>
    public static string PrefixOf(int index) => $"mount.{index.ToString(CultureInfo.InvariantCulture)}.";

    /// <summary>The first number that no mount of a run has had.</summary>
    public static int NextIndex(IEnumerable<JournalEntry> journal, int atLeast) => journal.Select(e => IndexOf(e.Step)).Append(atLeast - 1).Max() + 1;

    /// <summary>Which mount of the run a step belongs to, -1 for none.</summary>
    public static int IndexOf(PlanStep step)
    {
        var parts = step.Id.Split('.');
        return parts.Length > 2 && parts[0] == "mount" && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var index) ? index : -1;
    }
}

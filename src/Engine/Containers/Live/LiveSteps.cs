using System.Globalization;
using MiniDock.Abstractions.Plan;
using MiniDock.Engine.Run.Journal;

namespace MiniDock.Engine.Containers.Live;

/// <summary>How the steps are named by which mounts and devices come to a running container.</summary>
internal static class LiveSteps
{
    /// <summary>What those begin with that are out of the journal when the change has come to its end.</summary>
    public const string ChangePrefix = "live.";

    /// <summary>What the steps of mounts begin with: providers name theirs like this too.</summary>
    public const string Mount = "mount";

    /// <summary>What the steps of devices begin with.</summary>
    public const string Device = "device";

    /// <summary>Whether a step is in the journal only as long as the change has not come to its end.</summary>
    public static bool IsOfChange(PlanStep step) => step.Id.StartsWith(ChangePrefix, StringComparison.Ordinal);

    /// <summary>What the steps of one mount or device begin with.</summary>
    public static string PrefixOf(string kind, int index) => $"{kind}.{index.ToString(CultureInfo.InvariantCulture)}.";

    /// <summary>The first number that no mount or device of a run has had.</summary>
    public static int NextIndex(string kind, IEnumerable<JournalEntry> journal, int atLeast) =>
        journal.Select(e => IndexOf(kind, e.Step)).Append(atLeast - 1).Max() + 1;

    /// <summary>Which mount or device of the run a step belongs to, -1 for none.</summary>
    public static int IndexOf(string kind, PlanStep step)
    {
        var parts = step.Id.Split('.');
        return parts.Length > 2 && parts[0] == kind && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var index) ? index : -1;
    }
}

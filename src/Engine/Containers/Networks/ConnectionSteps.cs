using System.Globalization;
using MiniDock.Abstractions.Plan;
using MiniDock.Engine.Run.Journal;

namespace MiniDock.Engine.Containers.Networks;

/// <summary>How the steps are named that connect a running container, and which belong to one attachment.</summary>
internal static class ConnectionSteps
{
    /// <summary>What those begin with that are out of the journal when the connection has come to its end.</summary>
    public const string Prefix = "connect.";

    private const string AttachmentPrefix = "net.";

    /// <summary>What the steps of an attachment begin with.</summary>
    public static string PrefixOf(int index) => $"{AttachmentPrefix}{index.ToString(CultureInfo.InvariantCulture)}.";

    /// <summary>The first number that no attachment of a run has had: names on the host derive from it.</summary>
    public static int NextIndex(IEnumerable<JournalEntry> journal, int atLeast) =>
        journal.Select(e => IndexOf(e.Step)).Append(atLeast - 1).Max() + 1;

    /// <summary>The steps of the attachment that has an interface.</summary>
    public static List<JournalEntry> OfInterface(IReadOnlyList<JournalEntry> journal, string name)
    {
        var indices = journal.Where(e => e.Step.Arguments.Find("interface") == name || e.Receipt?.Find("interface") == name).Select(e => IndexOf(e.Step)).ToHashSet();
        return [.. journal.Where(e => IndexOf(e.Step) is >= 0 and var index && indices.Contains(index))];
    }

    private static int IndexOf(PlanStep step)
    {
        var parts = step.Id.Split('.');
        return parts.Length > 2 && step.Id.StartsWith(AttachmentPrefix, StringComparison.Ordinal) && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var index)
            ? index
            : -1;
    }
}

using System.Globalization;
using MiniDock.Abstractions.Plan;

namespace MiniDock.Plugins.Network.Cni;

/// <summary>Writes an attachment down where a reboot does not end it, after it has detached what a reboot has left of others.</summary>
public sealed class CniRecordHandler : IStepHandler
{
    /// <summary>Kind of the step.</summary>
    public const string StepKind = "cni.record";

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <summary>Arguments of the step.</summary>
    /// <param name="calls">What the plugins are called with.</param>
    /// <param name="attachment">Place of the attachment.</param>
    internal static StepValues Arguments(IReadOnlyList<CniCall> calls, int attachment) => StepValues.Of(
    [
        new("list", calls[0].Network),
        new("interface", calls[0].Interface),
        new("attachment", attachment.ToString(CultureInfo.InvariantCulture)),
        new("plugins", calls.Count.ToString(CultureInfo.InvariantCulture)),
        .. calls.SelectMany((call, i) => call.ToValues().Select(v => KeyValuePair.Create(PrefixOf(i) + v.Key, v.Value))),
    ]);

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        var book = new CniBook(context.Paths);
        book.DetachOrphans(step.Arguments["list"], []);
        book.Add([.. Enumerable.Range(0, Number(step, "plugins")).Select(i => CallOf(step, i))], Number(step, "attachment"));
        return StepValues.Empty;
    }

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context) =>
        new CniBook(context.Paths).Remove(step.Arguments["list"], context.ContainerId, Number(step, "attachment"));

    private static CniCall CallOf(PlanStep step, int index)
    {
        var prefix = PrefixOf(index);
        return CniCall.From(StepValues.Of(step.Arguments.Where(a => a.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(a => KeyValuePair.Create(a.Key[prefix.Length..], a.Value))));
    }

    private static int Number(PlanStep step, string name) => int.Parse(step.Arguments[name], CultureInfo.InvariantCulture);

    private static string PrefixOf(int index) => string.Create(CultureInfo.InvariantCulture, $"{index}.");
}

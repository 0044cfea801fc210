using System.Globalization;
using System.Text;
using MiniDock.Abstractions.Plan;

namespace MiniDock.Engine.Run.Printing;

/// <summary>Prints a plan for people: <c>--explain</c>, <c>--dry-run</c> and, with what each step took, <c>--trace</c>.</summary>
public static class PlanPrinter
{
    private static readonly (PlanPhase Phase, string Title)[] Phases =
    [
        (PlanPhase.HostBefore, "on the host, before the process exists"),
        (PlanPhase.Spawn, "the clone"),
        (PlanPhase.HostAfter, "on the host, while the child prepares"),
        (PlanPhase.Child, "in the child, undone by the kernel with its namespaces"),
        (PlanPhase.Started, "on the host, once the program runs"),
    ];

    /// <summary>The plan as text, a paragraph a phase.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="trace">What its steps took, or null before a run.</param>
    public static string Print(RunPlan plan, PlanTrace? trace = null)
    {
        var text = new StringBuilder();
        var number = 0;
        foreach (var (phase, title) in Phases)
        {
            var steps = plan.In(phase).ToList();
            if (steps.Count == 0)
            {
                continue;
            }

            text.Append(CultureInfo.InvariantCulture, $"{phase}: {title}\n");
            foreach (var step in steps)
            {
                Print(text, step, ++number, trace);
            }
        }

        return text.ToString();
    }

    private static void Print(StringBuilder text, PlanStep step, int number, PlanTrace? trace)
    {
        text.Append(CultureInfo.InvariantCulture, $"{number,4}  {step.Id}: {step.Why}");
        text.Append(step.ManPage is null ? "" : $"  [{step.ManPage}]");
        text.Append(step.Scope == StepScope.Container ? "  (until rm)" : "");
        if (trace?.Of(step) is { } traced)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {traced.Took.TotalMilliseconds:0.000} ms");
            text.Append(traced.Receipt.Count == 0 ? "" : $"  {Join(traced.Receipt)}");
        }

        text.Append('\n');
        foreach (var line in step.Shell?.Split('\n') ?? [])
        {
            text.Append("      $ ").Append(Visible(line)).Append('\n');
        }
    }

    private static string Join(StepValues values) => string.Join(' ', values.Select(v => $"{v.Key}={Visible(v.Value)}"));

    // Arguments come from images and users: no control character of theirs reaches the terminal.
    private static string Visible(string value) =>
        string.Concat(value.Select(c => char.IsControl(c) ? $"\\x{(int)c:x2}" : c.ToString()));
}

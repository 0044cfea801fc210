using MiniDock.Abstractions.Plan;
using MiniDock.Engine.Run;
using MiniDock.Engine.Run.Printing;

namespace MiniDock.Cli.Commands.Containers;

/// <summary>Writes plans: <c>--explain</c>, <c>--dry-run</c>, <c>--trace</c>.</summary>
internal static class PlanOutput
{
    /// <summary>Writes a plan as text or JSON.</summary>
    public static void Write(TextWriter output, RunPlan plan, string format, PlanTrace? trace)
    {
        output.Write(format == "json" ? PlanJson.Print(plan, trace) + "\n" : PlanPrinter.Print(plan, trace));
        output.Flush();
    }
}

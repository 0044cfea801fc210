using MiniDock.Abstractions.Plan;

namespace MiniDock.Plugins.Cgroups.Systemd;

/// <summary>Tells systemd of limits that a running scope gets; the files are written by the step after it.</summary>
internal sealed class UnitUpdateHandler : IStepHandler
{
    private const string StepKind = "cgroup.unit-update";
    private const string Before = "before";

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <summary>The step.</summary>
    public static PlanStep Plan(string unit, IReadOnlyList<UnitProperty> properties, IReadOnlyList<UnitProperty> before) => new()
    {
        Id = UpdateStepIds.Prefix + "unit",
        Phase = PlanPhase.HostAfter,
        Kind = StepKind,
        Arguments = StepValues.Of((ScopeHandler.Unit, unit), (ScopeHandler.Properties, UnitProperty.Encode(properties)), (Before, UnitProperty.Encode(before))),
        Why = "systemd would write the old limits again",
        ManPage = "systemd.resource-control(5)",
        Shell = $"systemctl set-property --runtime {unit} {string.Join(' ', properties.Select(p => $"{p.Name}={p.Value}"))}",
    };

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        Set(step, step.Arguments[ScopeHandler.Properties]);
        return StepValues.Empty;
    }

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context) => Set(step, step.Arguments[Before]);

    private static void Set(PlanStep step, string properties)
    {
        if (properties.Length > 0)
        {
            using var systemd = SystemdBus.Connect();
            systemd.SetProperties(step.Arguments[ScopeHandler.Unit], UnitProperty.Decode(properties));
        }
    }
}

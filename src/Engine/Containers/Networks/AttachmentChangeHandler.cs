using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Engine.Containers.Store;

namespace MiniDock.Engine.Containers.Networks;

/// <summary>Puts one more attachment into the specification of a running container. The first step of a connection: while it is in the journal, the
/// connection has not come to its end.</summary>
public sealed class AttachmentChangeHandler(ContainerStore store) : IStepHandler
{
    /// <summary>Id of the step.</summary>
    public const string StepId = ConnectionSteps.Prefix + "spec";

    private const string StepKind = "spec.attachment";

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <summary>The step.</summary>
    /// <param name="attachment">The attachment, with the name of its interface.</param>
    /// <param name="index">Its number in this run: its steps begin with it.</param>
    public static PlanStep Plan(AttachmentSpec attachment, int index) => new()
    {
        Id = StepId,
        Phase = PlanPhase.HostBefore,
        Kind = StepKind,
        Arguments = StepValues.Of([
            new("provider", attachment.Provider),
            .. attachment.Instance is null ? Array.Empty<KeyValuePair<string, string>>() : [new("instance", attachment.Instance)],
            new("steps", ConnectionSteps.PrefixOf(index)),
            .. attachment.Options.Select(o => KeyValuePair.Create(OptionPrefix + o.Key, o.Value)),
        ]),
        Why = "inspect and a later start see the attachment",
    };

    private const string OptionPrefix = "option.";

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        var attachment = AttachmentOf(step);
        if (store.Read(context.ContainerId)?.Spec is { } spec)
        {
            store.WriteSpec(spec with { Networks = [.. spec.Networks, attachment] });
        }

        return StepValues.Empty;
    }

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
        var attachment = AttachmentOf(step);
        if (store.Read(context.ContainerId)?.Spec is { } spec && spec.Networks.LastOrDefault(a => a.ToString() == attachment.ToString()) is { } added)
        {
            store.WriteSpec(spec with { Networks = [.. spec.Networks.Where(a => !ReferenceEquals(a, added))] });
        }
    }

    private static AttachmentSpec AttachmentOf(PlanStep step) => new(
        step.Arguments["provider"],
        step.Arguments.Find("instance"),
        step.Arguments.Where(a => a.Key.StartsWith(OptionPrefix, StringComparison.Ordinal)).ToDictionary(a => a.Key[OptionPrefix.Length..], a => a.Value));
}

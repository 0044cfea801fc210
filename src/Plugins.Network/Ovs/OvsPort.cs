using System.Globalization;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Plugins.Network.Ovs;

/// <summary>A port of a switch that is the engine's.</summary>
/// <param name="Switch">The switch.</param>
/// <param name="Device">The device of the host behind it, whose name it has.</param>
/// <param name="Vlan">Its VLAN, 0 to 4095; null: it carries them all.</param>
/// <param name="Owner">Whose it is: these of its <c>external_ids</c> no other port has.</param>
internal sealed record OvsPort(string Switch, string Device, int? Vlan, IReadOnlyList<(string Key, string Value)> Owner)
{
    /// <summary>The external id that holds the engine's run root: two engines never take each other's ports.</summary>
    public const string RunRootKey = "minidock-run-root";

    /// <summary>The external id that holds a container's id, the same that ovs-docker(1) uses.</summary>
    public const string ContainerKey = "container_id";

    private const string AttachmentKey = "minidock-attachment";

    /// <summary>More of its <c>external_ids</c>, for people.</summary>
    public IReadOnlyList<(string Key, string Value)> Notes { get; init; } = [];

    /// <summary>The hardware address that the switch's own interface takes with it; null: it keeps its own.</summary>
    public string? SwitchMac { get; init; }

    /// <summary>The port that a step of a container makes.</summary>
    /// <param name="step">The step.</param>
    /// <param name="context">Its run.</param>
    /// <param name="device">The device.</param>
    public static OvsPort Of(PlanStep step, IStepContext context, string device) => new(
        step.Arguments["switch"],
        device,
        step.Arguments.Find("vlan") is { } vlan ? int.Parse(vlan, CultureInfo.InvariantCulture) : null,
        OwnerOf(context.Paths, context.ContainerId, step.Arguments["attachment"]))
    {
        Notes = [("container_iface", step.Arguments["interface"])],
    };

    /// <summary>Whose the port of an attachment is.</summary>
    public static IReadOnlyList<(string Key, string Value)> OwnerOf(EnginePaths paths, ContainerId container, string attachment) =>
        [(RunRootKey, paths.RunRoot), (ContainerKey, container.Value), (AttachmentKey, attachment)];
}

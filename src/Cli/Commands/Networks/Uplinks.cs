using MiniDock.Abstractions;
using MiniDock.Engine.Run;
using MiniDock.Plugins.Network.Bridge;
using MiniDock.Plugins.Network.Management;
using MiniDock.Plugins.Network.Ovs;
using MiniDock.Plugins.Network.Uplink;

namespace MiniDock.Cli.Commands.Networks;

/// <summary>Devices of the host that lead from bridges and switches to the outside.</summary>
internal sealed class Uplinks(CliContext context)
{
    /// <summary>What the name of a switch begins with where that of a network could stand, too.</summary>
    public const string SwitchPrefix = "ovs:";

    private readonly HostChanges _changes = new(context.Paths, Path.Combine(context.Paths.RunNetworks, "uplinks"), new StepHandlers(UplinkPlan.Handlers));

    /// <summary>The switch that a text names by its prefix; null: none.</summary>
    public static string? SwitchOf(string text) => text.StartsWith(SwitchPrefix, StringComparison.Ordinal) ? text[SwitchPrefix.Length..] : null;

    /// <summary>Makes a device the uplink of a network or switch.</summary>
    public void Add(string network, string device, bool movesAddresses)
    {
        using var held = _changes.Begin();
        if (Of(device) is { } other)
        {
            throw new EngineException(
                $"uplink {device} of {network}: EEXIST (it is an uplink of {other.Name} already)", $"minidock network uplink --remove {other.Name} {device}", exitCode: 1);
        }

        var target = Target(network);
        _changes.Make(device, UplinkPlan.Steps(target, device, movesAddresses));
    }

    /// <summary>Takes it away again.</summary>
    public void Remove(string network, string device)
    {
        using var held = _changes.Begin();
        var name = NameOf(network);
        if (Of(device) is not { } target || target.Name != name)
        {
            var there = List().Select(u => $"{u.Device} of {u.Target.Name}").ToList();
            throw new EngineException(
                $"uplink {device} of {name}: ENOENT (it is none)", there.Count > 0 ? $"there are: {string.Join(", ", there)}" : "there are no uplinks", exitCode: 1);
        }

        _changes.TakeBack(device);
    }

    /// <summary>Makes the uplinks of a network or switch again, after somebody deleted its bridge.</summary>
    public void Repeat(string name)
    {
        using var held = _changes.Begin();
        foreach (var (device, _) in List().Where(u => u.Target.Name == name).ToList())
        {
            _changes.Repeat(device, step => step.Id != UplinkPlan.StateId);
        }
    }

    /// <summary>The uplinks of a network or switch.</summary>
    public IReadOnlyList<string> DevicesOf(string name) => [.. List().Where(u => u.Target.Name == name).Select(u => u.Device)];

    /// <summary>The networks and switches that have uplinks.</summary>
    public IEnumerable<string> Targets() => List().Select(u => u.Target.Name);

    /// <summary>Refuses to go on where a network has uplinks.</summary>
    public void RefuseWhereUsed(string name)
    {
        if (DevicesOf(name) is [var device, ..])
        {
            throw new EngineException(
                $"remove network {name}: EBUSY ({device} is its uplink)", $"minidock network uplink --remove {name} {device}", exitCode: 1);
        }
    }

    private IEnumerable<(string Device, UplinkTarget Target)> List() => _changes.List().Select(c => (c.Name, UplinkTarget.From(c.Steps[0].Step.Arguments)));

    private UplinkTarget? Of(string device) => List().Where(u => u.Device == device).Select(u => u.Target).FirstOrDefault();

    private UplinkTarget Target(string network)
    {
        if (SwitchOf(network) is null && ListedNetwork.Resolve(context.Paths, network) is { } found)
        {
            var definition = found.Definition ?? throw new EngineException(
                $"uplink of network {found.Name}: EINVAL (it has no bridge{(found.Driver == "bridge" ? " yet" : "")})", "networks that were made have one: minidock network create", exitCode: 1);
            if (definition.Driver is not (BridgeNetworkProvider.ProviderName or OvsNetworkProvider.ProviderName))
            {
                throw new EngineException($"uplink of network {found.Name}: EINVAL (driver {definition.Driver} takes none)", "networks of the drivers bridge and ovs, and switches of Open vSwitch have uplinks", exitCode: 1);
            }

            new NetworkReload(context.Paths).Reload(definition);
            return UplinkTarget.Of(definition);
        }

        return UplinkTarget.Switch(NameOf(network));
    }

    private string NameOf(string network) =>
        SwitchOf(network) ?? ListedNetwork.Resolve(context.Paths, network)?.Name ?? network;
}

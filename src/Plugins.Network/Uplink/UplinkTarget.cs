using MiniDock.Abstractions;
using MiniDock.Abstractions.Plan;
using MiniDock.Plugins.Network.Definitions;
using MiniDock.Plugins.Network.Ovs;
using MiniDock.Plugins.Network.Ovs.Database;

namespace MiniDock.Plugins.Network.Uplink;

/// <summary>A bridge or switch of the host that a device can become a port of.</summary>
/// <param name="Name">The network's name, or the switch's.</param>
/// <param name="Device">The bridge or switch, and the host's own interface on it.</param>
/// <param name="SocketPath">Socket of the switch's database; null for a bridge.</param>
public sealed record UplinkTarget(string Name, string Device, string? SocketPath)
{
    /// <summary>The bridge or switch of a made network.</summary>
    public static UplinkTarget Of(NetworkDefinition network) =>
        new(network.Name, network.Device, network.Driver == OvsNetworkProvider.ProviderName ? OvsOptions.SocketOf(network) : null);

    /// <summary>A switch of Open vSwitch that is there.</summary>
    /// <exception cref="EngineException">There is none. Exit code 1.</exception>
    public static UplinkTarget Switch(string name)
    {
        var path = OvsSocket.Path(null);
        using var connection = OvsdbConnection.TryOpen(path, out _)
            ?? throw new EngineException($"network {name}: ENOENT (no such network, and Open vSwitch does not run)", "minidock network ls lists the networks", exitCode: 1);
        var switches = new OvsSwitches(connection);
        return switches.Names().Contains(name)
            ? new UplinkTarget(name, name, path)
            : throw new EngineException($"network {name}: ENOENT (no such network, nor a switch)", switches.NoSwitch(name).Hint, exitCode: 1);
    }

    /// <summary>Reads it from the arguments of a step.</summary>
    public static UplinkTarget From(StepValues values) => new(values["target"], values["target-device"], values.Find("socket"));

    /// <summary>Writes it into the arguments of a step.</summary>
    public StepValues Write(StepValues values) => StepValues.Of([
        .. values,
        new("target", Name),
        new("target-device", Device),
        .. SocketPath is null ? Array.Empty<KeyValuePair<string, string>>() : [new("socket", SocketPath)],
    ]);
}

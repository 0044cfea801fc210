using MiniDock.Abstractions;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;
using MiniDock.Plugins.Network.Definitions;
using MiniDock.Plugins.Network.Management;
using MiniDock.Plugins.Network.Names;
using MiniDock.Plugins.Network.Ovs.Database;

namespace MiniDock.Plugins.Network.Ovs;

/// <summary>Made networks on a switch: one that belongs to the network and goes with it, or one that was there.</summary>
internal static class OvsNetwork
{
    /// <summary>Option that names the switch.</summary>
    public const string SwitchOption = "switch";

    private const string DatapathOption = "datapath";
    private const string OwnerKey = "minidock-network";
    private const string KernelModule = "/sys/module/openvswitch";
    private static readonly string[] Datapaths = ["system", "netdev"];

    /// <summary>Reads what <c>network create</c> says of the switch.</summary>
    /// <param name="paths">The engine's directories.</param>
    /// <param name="wanted">What was given.</param>
    /// <param name="refuse">Takes problems with their hints.</param>
    /// <returns>The switch, and whether it is there.</returns>
    public static (string Switch, bool IsThere) Read(EnginePaths paths, NewNetwork wanted, Action<string, string?> refuse)
    {
        foreach (var key in wanted.Options.Keys.Where(k => k is not (SwitchOption or DatapathOption or OvsOptions.VlanKey or OvsSocket.Key or NetworkCreation.MtuOption)))
        {
            refuse($"option {NameProblems.Shown(key)}: EINVAL (not known to driver ovs)", $"it knows {SwitchOption}, {DatapathOption}, {OvsOptions.VlanKey}, {OvsSocket.Key} and {NetworkCreation.MtuOption}");
        }

        if (wanted.Options.TryGetValue(DatapathOption, out var datapath) && !Datapaths.Contains(datapath))
        {
            refuse($"{DatapathOption}={NameProblems.Shown(datapath)}: EINVAL (not a datapath)", "system is the kernel's, netdev that in user space");
        }

        if (wanted.Options.TryGetValue(OvsOptions.VlanKey, out var vlan))
        {
            OvsOptions.ReadVlan(vlan, refuse);
        }

        var name = wanted.Options.GetValueOrDefault(SwitchOption) ?? NetworkNames.Bridge(paths, wanted.Name);
        if (!NetworkNames.IsInterfaceName(name))
        {
            refuse($"{SwitchOption}={NameProblems.Shown(name)}: EINVAL (cannot be a switch's name)", $"use up to {NetworkNames.MaxInterfaceLength} letters, digits, '-', '_' and '.'");
            return (name, false);
        }

        var socket = wanted.Options.GetValueOrDefault(OvsSocket.Key);
        OvsOptions.CheckSocket(socket, refuse);
        try
        {
            using var switches = new OvsSwitches(OvsdbConnection.Open(OvsSocket.Path(socket)));
            return (name, switches.Names().Contains(name));
        }
        catch (Exception e) when (e is EngineException or IOException)
        {
            refuse(e.Message, (e as EngineException)?.Hint);
            return (name, false);
        }
    }

    /// <summary>Makes the switch where it is the network's own and is not there.</summary>
    /// <exception cref="EngineException">There is no such switch, or it cannot be made.</exception>
    public static void Ensure(NetworkDefinition network)
    {
        using var switches = new OvsSwitches(OvsdbConnection.Open(OvsOptions.SocketOf(network)));
        if (!switches.Names().Contains(network.Device))
        {
            if (!network.OwnsDevice)
            {
                throw switches.NoSwitch(network.Device);
            }

            var datapath = network.Options.GetValueOrDefault(DatapathOption) ?? Datapaths[Path.Exists(KernelModule) ? 0 : 1];
            switches.AddSwitch(network.Device, datapath, OwnerOf(network));
        }
    }

    /// <summary>Removes the switch where it is the network's own. Where Open vSwitch does not run, it stays.</summary>
    public static void Remove(NetworkDefinition network)
    {
        if (network.OwnsDevice && OvsdbConnection.TryOpen(OvsOptions.SocketOf(network), out _) is { } connection)
        {
            using var switches = new OvsSwitches(connection);
            switches.RemoveSwitch(network.Device, OwnerOf(network));
        }
    }

    private static (string Key, string Value) OwnerOf(NetworkDefinition network) => (OwnerKey, network.Id ?? network.Name);
}

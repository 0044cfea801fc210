using MiniDock.Abstractions.Providers;
using MiniDock.Linux.Netlink;
using MiniDock.Plugins.Network.Definitions;
using MiniDock.Plugins.Network.Management;
using MiniDock.Plugins.Network.Names;

namespace MiniDock.Plugins.Network.Stacked;

/// <summary>What <c>network create</c> says of the device that the new network lies on. Docker's options and their meaning.</summary>
/// <param name="paths">The engine's directories.</param>
/// <param name="wanted">What was given.</param>
/// <param name="kind">The kind of its links.</param>
/// <param name="refuse">Takes problems with their hints.</param>
internal sealed class StackedCreation(EnginePaths paths, NewNetwork wanted, StackedKind kind, Action<string, string?> refuse)
{
    private const string ParentOption = "parent";

    /// <summary>The device of a new network.</summary>
    /// <param name="Device">Its name.</param>
    /// <param name="IsThere">Whether it is the host's; else it is made with the first container.</param>
    /// <param name="IsGiven">False where none was named: the network leads nowhere.</param>
    internal sealed record Parent(string Device, bool IsThere, bool IsGiven);

    /// <summary>Reads it.</summary>
    public Parent Read(NetlinkSocket socket)
    {
        foreach (var key in wanted.Options.Keys.Where(k => k is not (ParentOption or NetworkCreation.MtuOption) && k != kind.ModeOption))
        {
            refuse($"option {NameProblems.Shown(key)}: EINVAL (not known to driver {kind.Name})", $"it knows {ParentOption}, {kind.ModeOption} and {NetworkCreation.MtuOption}");
        }

        if (wanted.Options.TryGetValue(kind.ModeOption, out var mode) && !kind.Modes.Contains(mode))
        {
            refuse($"{kind.ModeOption}={NameProblems.Shown(mode)}: EINVAL (not a mode of {kind.Name})", $"its modes are {string.Join(' ', kind.Modes)}");
        }

        if (socket.FindLink(wanted.Name) is not null)
        {
            refuse($"{wanted.Name}: EEXIST (a device of the host has this name)", $"choose another: {kind.Name}:{wanted.Name} means the device");
        }

        if (!wanted.Options.TryGetValue(ParentOption, out var device))
        {
            return new Parent(NetworkNames.Bridge(paths, wanted.Name), IsThere: false, IsGiven: false);
        }

        if (device == "lo")
        {
            refuse($"{ParentOption}=lo: EINVAL (nothing can lie on the loopback)", "ip link lists devices");
        }
        else if (!NetworkNames.IsInterfaceName(device))
        {
            refuse($"{ParentOption}={NameProblems.Shown(device)}: EINVAL (cannot be an interface's name)", "ip link lists devices");
        }
        else if (socket.FindLink(device) is not null)
        {
            return new Parent(device, IsThere: true, IsGiven: true);
        }
        else if (StackedParent.Vlan(device) is not var (below, _) || socket.FindLink(below) is null)
        {
            refuse($"{ParentOption}={device}: ENODEV (no such device)", "ip link lists devices; DEVICE.ID makes a VLAN of a device");
        }

        return new Parent(device, IsThere: false, IsGiven: true);
    }
}

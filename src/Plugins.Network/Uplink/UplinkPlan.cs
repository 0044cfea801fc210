using MiniDock.Abstractions;
using MiniDock.Abstractions.Plan;
using MiniDock.Linux.Netlink;
using MiniDock.Plugins.Network.Nic;

namespace MiniDock.Plugins.Network.Uplink;

/// <summary>The steps that make a device of the host the uplink of a bridge or switch.</summary>
public static class UplinkPlan
{
    /// <summary>Id of the step that writes down what the device was.</summary>
    public const string StateId = "uplink.state";

    /// <summary>The handlers of the steps.</summary>
    public static IEnumerable<IStepHandler> Handlers => [new NicStateHandler(), new UplinkPortHandler(), new UplinkAddressHandler()];

    /// <summary>Names of devices that could be one, for completion.</summary>
    public static IEnumerable<string> Devices()
    {
        using var socket = NetlinkSocket.Open(NetlinkProtocol.Route);
        return [.. socket.Links().Where(l => l.Master == 0 && l.Name != "lo" && l.Kind != "bridge").Select(l => l.Name)];
    }

    /// <summary>Plans it.</summary>
    /// <param name="target">The bridge or switch, which is there.</param>
    /// <param name="device">The device.</param>
    /// <param name="movesAddresses">Whether the device's addresses and routes become those of the host's interface on the bridge.</param>
    /// <exception cref="EngineException">It cannot be, or would cut the host off; exit code 1.</exception>
    public static IReadOnlyList<PlanStep> Steps(UplinkTarget target, string device, bool movesAddresses)
    {
        Check(target, device, movesAddresses);
        var port = new PlanStep
        {
            Id = "uplink.port",
            Phase = PlanPhase.HostAfter,
            Kind = UplinkPortHandler.StepKind,
            Arguments = target.Write(StepValues.Of(("device", device), ("moves", movesAddresses ? "true" : "false"))),
            Requires = [StateId],
            Why = "the cable between the containers and the network outside",
        };
        var state = new PlanStep
        {
            Id = StateId,
            Phase = PlanPhase.HostAfter,
            Kind = NicStateHandler.StepKind,
            Arguments = target.Write(StepValues.Of(("device", device))),
            Why = "what the device is to be again",
        };
        return !movesAddresses ? [state, port] :
        [
            state, port,
            new PlanStep
            {
                Id = "uplink.address",
                Phase = PlanPhase.HostAfter,
                Kind = UplinkAddressHandler.StepKind,
                Arguments = StepValues.Of(("device", device), ("target-device", target.Device)),
                Requires = [StateId, port.Id],
                Why = "the host keeps its addresses: they are those of its own interface on the bridge now",
            },
        ];
    }

    private static void Check(UplinkTarget target, string device, bool movesAddresses)
    {
        EngineException Refused(string why, string hint) => new($"uplink {device} of {target.Name}: {why}", hint, exitCode: 1);

        using var socket = NetlinkSocket.Open(NetlinkProtocol.Route);
        var link = socket.FindLink(device) ?? throw Refused("ENODEV (no such device)", "ip link lists devices; one that a container has is not on the host");
        if (device == "lo" || device == target.Device)
        {
            throw Refused("EINVAL (it cannot be a port)", "name a device that leads outside");
        }

        if (link.Master != 0)
        {
            throw Refused($"EBUSY (it is a port of {socket.FindLink(link.Master)?.Name ?? "another device"})", $"take it away from there first: ip link set {device} nomaster");
        }

        var state = NicState.Of(socket, link);
        if (!movesAddresses && (state.Addresses.Count > 0 || state.Routes.Count > 0))
        {
            var lost = string.Join(", ", state.Addresses.Select(a => $"{a.Address}/{a.PrefixLength}").Concat(state.Routes.Select(r => r.Destination is null ? "the default route" : $"the route to {r.Destination}/{r.PrefixLength}")));
            throw Refused($"EBUSY (the host would lose {lost})", $"--move-ip gives them to {target.Device}; or take them away first: ip address flush dev {device}");
        }

        if (movesAddresses)
        {
            var own = socket.FindLink(target.Device)
                ?? throw Refused($"ENODEV (the host has no interface {target.Device})", "Open vSwitch must run in the host's own network namespace");
            var there = socket.Addresses(own.Index).Where(a => a.LinkIndex == own.Index).Select(a => a.Address).ToHashSet();
            if (state.Addresses.FirstOrDefault(a => there.Contains(a.Address)) is { } twice)
            {
                throw Refused($"EEXIST ({target.Device} has {twice.Address} already)", $"take it away from one of them: ip address delete {twice.Address}/{twice.PrefixLength} dev {target.Device}");
            }
        }
    }
}

using MiniDock.Linux.Netlink;
using MiniDock.Linux.Nftables;
using MiniDock.Plugins.Network.Definitions;

namespace MiniDock.Plugins.Network.Filter;

/// <summary>
/// The chain that docker leaves to others. On a host with docker, packets that nobody accepted are dropped when they are passed on,
/// ours among them, whatever our own table says: a packet must be accepted by each.
/// </summary>
internal static class DockerChain
{
    private const string Chain = "DOCKER-USER";
    private static readonly NftTable[] Tables = [new(NftFamily.Ip, "filter"), new(NftFamily.Ip6, "filter")];

    /// <summary>Accepts there what comes from or goes to a bridge of ours; nothing where the host has no such chain.</summary>
    /// <returns>Whether a rule had to be added.</returns>
    public static bool Ensure(NetlinkSocket socket, NetworkDefinition network) =>
        Ensure(socket, network.Device, Tables[0]) | (network.Subnet6 is not null && Ensure(socket, network.Device, Tables[1]));

    /// <summary>Takes both rules of a bridge out; nothing where they are missing.</summary>
    public static void Remove(NetlinkSocket socket, string device) => Array.ForEach(Tables, table => Remove(socket, device, table));

    private static bool Ensure(NetlinkSocket socket, string device, NftTable table)
    {
        if (!socket.Chains(table).Contains(Chain))
        {
            return false;
        }

        var present = socket.Rules(table, Chain).Select(r => r.Comment).ToHashSet();
        var batch = new NftBatch();
        var added = false;
        foreach (var rule in Rules(device).Where(r => !present.Contains(r.Comment!)))
        {
            batch.AddRule(table, Chain, rule, first: true);
            added = true;
        }

        if (added)
        {
            socket.Execute(batch);
        }

        return added;
    }

    private static void Remove(NetlinkSocket socket, string device, NftTable table)
    {
        if (!socket.Chains(table).Contains(Chain))
        {
            return;
        }

        var ours = Rules(device).Select(r => r.Comment!).ToHashSet();
        var batch = new NftBatch();
        var found = socket.Rules(table, Chain).Where(r => ours.Contains(r.Comment)).ToList();
        found.ForEach(r => batch.DeleteRule(table, Chain, r.Handle));
        if (found.Count > 0)
        {
            socket.Execute(batch);
        }
    }

    private static NftRule[] Rules(string device) =>
    [
        new NftRule { Comment = $"minidock from {device}" }.InputInterface(device).Verdict(NftVerdict.Accept),
        new NftRule { Comment = $"minidock to {device}" }.OutputInterface(device).Verdict(NftVerdict.Accept),
    ];
}

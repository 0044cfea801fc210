using MiniDock.Linux.Netlink;
using MiniDock.Linux.Nftables;

namespace MiniDock.Plugins.Network.Filter;

/// <summary>
/// The chain that docker leaves to others. On a host with docker, packets that nobody accepted are dropped when they are passed on,
/// ours among them, whatever our own table says: a packet must be accepted by each.
/// </summary>
internal static class DockerChain
{
    private const string Chain = "DOCKER-USER";
    private static readonly NftTable Table = new(NftFamily.Ip, "filter");

    /// <summary>Accepts there what comes from or goes to a bridge of ours; nothing where the host has no such chain.</summary>
    /// <returns>Whether a rule had to be added.</returns>
    public static bool Ensure(NetlinkSocket socket, string device)
    {
        if (!socket.Chains(Table).Contains(Chain))
        {
            return false;
        }

        var present = socket.Rules(Table, Chain).Select(r => r.Comment).ToHashSet();
        var batch = new NftBatch();
        var added = false;
        foreach (var rule in Rules(device).Where(r => !present.Contains(r.Comment!)))
        {
            batch.AddRule(Table, Chain, rule, first: true);
            added = true;
        }

        if (added)
        {
            socket.Execute(batch);
        }

        return added;
    }

    /// <summary>Takes both rules of a bridge out; nothing where they are missing.</summary>
    public static void Remove(NetlinkSocket socket, string device)
    {
        if (!socket.Chains(Table).Contains(Chain))
        {
            return;
        }

        var ours = Rules(device).Select(r => r.Comment!).ToHashSet();
        var batch = new NftBatch();
        var found = socket.Rules(Table, Chain).Where(r => ours.Contains(r.Comment)).ToList();
        found.ForEach(r => batch.DeleteRule(Table, Chain, r.Handle));
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

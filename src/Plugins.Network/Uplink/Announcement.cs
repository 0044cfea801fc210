using MiniDock.Linux.Netlink;

namespace MiniDock.Plugins.Network.Uplink;

/// <summary>Tells neighbours that an interface's addresses have another hardware address than they remember: without it they are cut off for up to a minute.</summary>
internal static class Announcement
{
    // The kernel sends it when the hardware address is set, also to what it is, while these say so (ip-sysctl.rst).
    private static readonly string[] Switches = ["ipv4/conf/{0}/arp_notify", "ipv6/conf/{0}/ndisc_notify"];

    /// <summary>Sends it. A help, not a need: what cannot be is left out, such as on hosts where /proc/sys is read-only.</summary>
    public static void Send(NetlinkSocket socket, LinkInfo link)
    {
        var files = Switches.Select(s => $"/proc/sys/net/{s.Replace("{0}", link.Name, StringComparison.Ordinal)}").Where(f => TrySet(f, from: "0", to: "1")).ToList();
        var batch = new RouteBatch();
        batch.SetLink(link.Index, new LinkSettings { Address = link.Address });
        socket.TryExecute(batch);
        files.ForEach(f => TrySet(f, from: "1", to: "0"));
    }

    private static bool TrySet(string file, string from, string to)
    {
        try
        {
            if (File.ReadAllText(file).Trim() != from)
            {
                return false;
            }

            File.WriteAllText(file, to);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

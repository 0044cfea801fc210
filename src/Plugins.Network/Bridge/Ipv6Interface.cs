using MiniDock.Linux;

namespace MiniDock.Plugins.Network.Bridge;

/// <summary>Settings of IPv6 on one interface of the calling thread's network namespace (ip-sysctl.rst).</summary>
internal static class Ipv6Interface
{
    private const string Settings = "/proc/sys/net/ipv6/conf";

    /// <summary>Whether the kernel has IPv6.</summary>
    public static bool IsSupported => Directory.Exists(Settings);

    /// <summary>Lets the interface have addresses, and none but those it is given: what others advertise is not heeded.</summary>
    public static void Prepare(string device)
    {
        Forwarding.Set($"{Settings}/{device}/disable_ipv6", "0");
        Forwarding.Set($"{Settings}/{device}/accept_ra", "0");
    }

    /// <summary>Switches forwarding on. A host then no longer heeds router advertisements, by which it may have its own way out: where it did, it is told to go on.</summary>
    public static void EnableForwarding()
    {
        if (Forwarding.Read($"{Settings}/all/forwarding") == "1")
        {
            return;
        }

        foreach (var device in Directory.EnumerateDirectories(Settings))
        {
            if (Path.GetFileName(device) is not ("all" or "lo") && Forwarding.Read($"{device}/accept_ra") == "1")
            {
                Forwarding.Set($"{device}/accept_ra", "2");
            }
        }

        Forwarding.Set($"{Settings}/all/forwarding", "1");
    }
}

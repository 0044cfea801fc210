using MiniDock.Abstractions;

namespace MiniDock.Plugins.Network.Bridge;

/// <summary>Whether the host passes packets on between its interfaces (ip-sysctl.rst). Settings of the calling thread's network namespace.</summary>
internal static class Forwarding
{
    private const string Switch = "/proc/sys/net/ipv4/ip_forward";

    /// <summary>Switches it on.</summary>
    /// <param name="version6">For IPv6 too.</param>
    public static void Enable(bool version6)
    {
        Set(Switch, "1");
        if (version6)
        {
            Ipv6Interface.EnableForwarding();
        }
    }

    /// <summary>Lets packets with the host's loopback addresses cross a bridge, so that a port published there is reached.</summary>
    public static void RouteLoopback(string device) => Set($"/proc/sys/net/ipv4/conf/{device}/route_localnet", "1");

    /// <summary>A setting's value.</summary>
    public static string Read(string file) => File.ReadAllText(file).Trim();

    /// <summary>Changes a setting. Written only where it differs: on many machines containers may not write there, and need not.</summary>
    public static void Set(string file, string value)
    {
        if (Read(file) == value)
        {
            return;
        }

        try
        {
            File.WriteAllText(file, value);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EngineException($"set {file}: {e.Message}", $"containers need it to reach other networks: write {value} to {file}", inner: e);
        }
    }
}

using MiniDock.Abstractions;

namespace MiniDock.Plugins.Network.Bridge;

/// <summary>Whether the host passes packets on between its interfaces (ip-sysctl.rst). Settings of the calling thread's network namespace.</summary>
internal static class Forwarding
{
    private const string Switch = "/proc/sys/net/ipv4/ip_forward";

    /// <summary>Switches it on.</summary>
    public static void Enable() => Set(Switch);

    /// <summary>Lets packets with the host's loopback addresses cross a bridge, so that a port published there is reached.</summary>
    public static void RouteLoopback(string device) => Set($"/proc/sys/net/ipv4/conf/{device}/route_localnet");

    // Written only where it is off: on many machines containers may not write there, and need not.
    private static void Set(string file)
    {
        if (File.ReadAllText(file).Trim() == "1")
        {
            return;
        }

        try
        {
            File.WriteAllText(file, "1");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EngineException($"set {file}: {e.Message}", $"containers need it to reach other networks: write 1 to {file}", inner: e);
        }
    }
}

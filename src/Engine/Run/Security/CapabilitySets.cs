using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;

namespace MiniDock.Engine.Run.Security;

/// <summary>Computes the capabilities of a container, a bit per capability, capabilities(7).</summary>
public static class CapabilitySets
{
    /// <summary>podman's eleven: enough for services of the time when a container's root was all there was, without raw sockets and device nodes.</summary>
    public const ulong Default =
        1UL << (int)Capability.CAP_CHOWN | 1UL << (int)Capability.CAP_DAC_OVERRIDE | 1UL << (int)Capability.CAP_FSETID
        | 1UL << (int)Capability.CAP_FOWNER | 1UL << (int)Capability.CAP_SETGID | 1UL << (int)Capability.CAP_SETUID
        | 1UL << (int)Capability.CAP_SETFCAP | 1UL << (int)Capability.CAP_SETPCAP | 1UL << (int)Capability.CAP_NET_BIND_SERVICE
        | 1UL << (int)Capability.CAP_SYS_CHROOT | 1UL << (int)Capability.CAP_KILL;

    /// <summary>
    /// What a container gets: the default, more by name or ALL, less by name or ALL; never more than the engine itself may give.
    /// As docker: an added name outlasts a dropped ALL, a dropped name outlasts an added ALL.
    /// </summary>
    public static ulong Of(SecuritySpec security, HostFacts host)
    {
        var all = host.LastCapability >= 63 ? ulong.MaxValue : (1UL << (host.LastCapability + 1)) - 1;
        if (security.Privileged)
        {
            return all & host.BoundingCapabilities;
        }

        var added = Named(security.CapAdd);
        var dropped = Named(security.CapDrop);
        var start = HasAll(security.CapAdd) ? all : HasAll(security.CapDrop) ? 0 : Default;
        return ((HasAll(security.CapAdd) ? start : start | added) & ~dropped | (HasAll(security.CapDrop) ? added : 0)) & all & host.BoundingCapabilities;
    }

    /// <summary>The names that no kernel knows, as they were given.</summary>
    public static IEnumerable<string> Unknown(IEnumerable<string> names) => names.Where(n => !IsAll(n) && !Capabilities.TryParse(n, out _));

    private static bool HasAll(IReadOnlyList<string> names) => names.Any(IsAll);

    private static bool IsAll(string name) => name.Equals("ALL", StringComparison.OrdinalIgnoreCase) || name.Equals("CAP_ALL", StringComparison.OrdinalIgnoreCase);

    private static ulong Named(IReadOnlyList<string> names)
    {
        ulong set = 0;
        foreach (var name in names)
        {
            if (Capabilities.TryParse(name, out var capability))
            {
                set |= Capabilities.Bit(capability);
            }
        }

        return set;
    }
}

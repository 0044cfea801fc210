using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Plugins.Network.Bridge;
using MiniDock.Plugins.Network.Definitions;
using MiniDock.Plugins.Network.Names;

namespace MiniDock.Plugins.Network.Links;

/// <summary>What an attachment asks of a made network that gives addresses but is no bridge of the host.</summary>
/// <param name="Link">Hardware address and MTU.</param>
/// <param name="Address">The address of the pool that it must get, or null.</param>
/// <param name="HasRoute">Whether it gets the default route.</param>
/// <param name="Aliases">More names for the containers of the network.</param>
internal sealed record PooledLink(LinkOptions Link, string? Address, bool HasRoute, IReadOnlyList<string> Aliases)
{
    /// <summary>Reads the keys, naming all that is wrong with them.</summary>
    /// <param name="request">The attachment.</param>
    /// <param name="network">The network.</param>
    /// <param name="problems">Where problems go.</param>
    /// <param name="more">Keys that the provider reads itself.</param>
    public static PooledLink Read(NetworkRequest request, NetworkDefinition network, ICollection<Problem> problems, params string[] more)
    {
        if (request.Spec.NamespaceOf(NamespaceType.Network).Mode != NamespaceMode.Private)
        {
            problems.Add(new($"network {request.Attachment}: the container has no network namespace of its own", "leave out --ns net=…, or the attachment"));
        }

        LinkOptions.RefusePorts(request, problems);
        var options = BridgeOptions.Read(request with { Spec = request.Spec with { Ports = [] } }, network, problems, more);
        var mtu = options.MtuBytes > 0 ? options.MtuBytes : network.MtuBytes;
        return new PooledLink(
            new LinkOptions([], null, options.Mac, mtu > 0 ? mtu : null),
            options.Address?.ToString(),
            request.IsDefaultRoute && options.HasGateway && !network.IsInternal,
            options.Aliases);
    }
}

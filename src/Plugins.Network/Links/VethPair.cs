using MiniDock.Abstractions.Model;
using MiniDock.Linux;
using MiniDock.Linux.Netlink;
using MiniDock.Plugins.Network.Definitions;

namespace MiniDock.Plugins.Network.Links;

/// <summary>The cable between a container and a switch of the host.</summary>
internal static class VethPair
{
    private const int MaxAttempts = 32;

    /// <summary>Makes one, in one message.</summary>
    /// <param name="socket">A socket of the host's namespace.</param>
    /// <param name="container">The container.</param>
    /// <param name="attachment">Place of the attachment, from 0.</param>
    /// <param name="near">Settings of the host's end.</param>
    /// <param name="peer">Name of the container's end.</param>
    /// <param name="far">Settings of the container's end.</param>
    /// <returns>Name of the host's end.</returns>
    public static string Create(NetlinkSocket socket, ContainerId container, int attachment, LinkSettings near, string peer, LinkSettings far)
    {
        // The pair of the container's last run may still bear the name: the kernel removes it some time after its namespace.
        for (var attempt = 0; ; attempt++)
        {
            var name = NetworkNames.HostVeth(container, attachment, attempt);
            var batch = new RouteBatch();
            batch.AddVeth(name, near, peer, far);
            switch (socket.TryExecute(batch))
            {
                case null:
                    return name;
                case { Errno: Errno.EEXIST } when attempt < MaxAttempts:
                    continue;
                case var failure:
                    throw failure;
            }
        }
    }
}

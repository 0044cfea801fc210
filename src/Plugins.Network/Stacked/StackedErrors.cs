using MiniDock.Abstractions;
using MiniDock.Linux;
using MiniDock.Linux.Netlink;

namespace MiniDock.Plugins.Network.Stacked;

/// <summary>Tells why the kernel makes no link on a device.</summary>
internal static class StackedErrors
{
    /// <summary>Sends a request for a link.</summary>
    /// <param name="socket">Where to.</param>
    /// <param name="batch">The request.</param>
    /// <param name="device">The device that is made, or that the link lies on.</param>
    /// <param name="kind">Kind of the link.</param>
    /// <exception cref="EngineException">The kernel lacks the kind, or the device does not take it.</exception>
    public static void Execute(NetlinkSocket socket, RouteBatch batch, string device, string kind)
    {
        try
        {
            socket.Execute(batch);
        }
        catch (LinuxException e) when (e.Errno == Errno.EOPNOTSUPP)
        {
            throw new EngineException($"create {kind} link on {device}: EOPNOTSUPP (this kernel has no {kind})", $"try: modprobe {kind}", inner: e);
        }
        catch (LinuxException e) when (e.Errno is Errno.EBUSY or Errno.EINVAL)
        {
            throw new EngineException(
                $"create {kind} link on {device}: {ErrnoText.Name(e.Errno)} ({ErrnoText.Text(e.Errno)}){(e.Detail is null ? "" : $" [{e.Detail}]")}",
                "a device holds links of one kind, none as a bridge's port, one alone in mode passthru, and none with a larger MTU: ip -d link shows what it holds",
                inner: e);
        }
    }
}

using System.Globalization;

namespace MiniDock.Abstractions.Model;

/// <summary>A published port.</summary>
/// <param name="HostAddress">Address on the host, or null for all of IPv4 (and IPv6 where the network has it).</param>
/// <param name="HostPort">Port on the host; 0 picks a free one.</param>
/// <param name="ContainerPort">Port in the container.</param>
/// <param name="Protocol"><c>tcp</c>, <c>udp</c> or <c>sctp</c>.</param>
public sealed record PortMapping(string? HostAddress, ushort HostPort, ushort ContainerPort, string Protocol = "tcp")
{
    /// <summary>Where any free port from <see cref="HostPort"/> on may be picked: the last of them; 0: that port alone.</summary>
    public ushort HostPortLast { get; init; }

    /// <summary>Reads <c>ADDRESS:HOSTPORT:PORT/PROTOCOL</c>, the form of receipts.</summary>
    /// <exception cref="FormatException">It has another form.</exception>
    public static PortMapping Parse(string text)
    {
        var slash = text.LastIndexOf('/');
        var containerColon = slash < 0 ? -1 : text.LastIndexOf(':', slash);
        var hostColon = containerColon < 1 ? -1 : text.LastIndexOf(':', containerColon - 1);
        return hostColon > 0
            && ushort.TryParse(text.AsSpan(hostColon + 1, containerColon - hostColon - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var host)
            && ushort.TryParse(text.AsSpan(containerColon + 1, slash - containerColon - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var container)
                ? new PortMapping(text[..hostColon].Trim('[', ']'), host, container, text[(slash + 1)..])
                : throw new FormatException($"'{text}' is not a published port");
    }
}

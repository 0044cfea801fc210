using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MiniDock.Abstractions.Model;

namespace MiniDock.Plugins.Network.Ports;

/// <summary>A port of the host that leads to a port of a container.</summary>
/// <param name="Protocol">Transport protocol.</param>
/// <param name="HostAddress">Address of the host; <see cref="IPAddress.Any"/> and <see cref="IPAddress.IPv6Any"/> for all of a family; null, in a request: all of both.</param>
/// <param name="HostPort">Port of the host; 0 in a request: any free one.</param>
/// <param name="ContainerPort">Port in the container.</param>
public sealed record PortBinding(PortProtocol Protocol, IPAddress? HostAddress, ushort HostPort, ushort ContainerPort)
{
    private const string BothFamilies = "*";

    /// <summary>In a request: any free port from <see cref="HostPort"/> to this one; 0: that port alone.</summary>
    public ushort HostPortLast { get; init; }

    /// <summary>Whether it is of IPv6.</summary>
    public bool IsVersion6 => HostAddress?.AddressFamily == AddressFamily.InterNetworkV6;

    /// <summary>Whether it is of every address of a family.</summary>
    public bool IsOfAny => IPAddress.Any.Equals(HostAddress) || IPAddress.IPv6Any.Equals(HostAddress);

    /// <summary>Takes a mapping of the specification over; null where it cannot be.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="hasVersion6">Whether the container has an IPv6 address: what names no address of the host is then published in both families.</param>
    public static PortBinding? From(PortMapping mapping, bool hasVersion6 = false)
    {
        var address = hasVersion6 ? null : IPAddress.Any;
        if ((mapping.HostAddress is { Length: > 0 } text && (!IPAddress.TryParse(text, out address) || text.Contains('%')))
            || (address?.AddressFamily == AddressFamily.InterNetworkV6 && (!hasVersion6 || IPAddress.IPv6Loopback.Equals(address)))
            || !TryParseProtocol(mapping.Protocol, out var protocol)
            || mapping.ContainerPort == 0)
        {
            return null;
        }

        return new PortBinding(protocol, address, mapping.HostPort, mapping.ContainerPort) { HostPortLast = mapping.HostPortLast };
    }

    /// <summary>Reads <see cref="ToString"/>'s form.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static PortBinding Parse(string text)
    {
        // address:port[-port]:port/protocol; an IPv6 address in brackets, * for both families.
        var slash = text.Split('/');
        var bracket = text.StartsWith('[') ? text.IndexOf(']') : -1;
        var parts = slash[0][(bracket + 1)..].Split(':');
        var host = parts.Length == 3 ? parts[1].Split('-') : [];
        var hostAddress = bracket > 0 ? text[1..bracket] : parts[0];
        ushort hostLast = 0;
        IPAddress? address = null;
        return slash.Length == 2 && host.Length is (1 or 2)
            && (hostAddress == BothFamilies || (IPAddress.TryParse(hostAddress, out address) && bracket > 0 == (address.AddressFamily == AddressFamily.InterNetworkV6)))
            && ushort.TryParse(host[0], NumberStyles.None, CultureInfo.InvariantCulture, out var hostPort)
            && (host.Length == 1 || ushort.TryParse(host[1], NumberStyles.None, CultureInfo.InvariantCulture, out hostLast))
            && ushort.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var containerPort)
            && TryParseProtocol(slash[1], out var protocol)
                ? new PortBinding(protocol, address, hostPort, containerPort) { HostPortLast = hostLast }
                : throw new FormatException($"'{text}' is not a port binding");
    }

    /// <summary>Whether a packet could be meant for both.</summary>
    public bool Clashes(PortBinding other) =>
        Protocol == other.Protocol && HostPort == other.HostPort
        && (HostAddress is null || other.HostAddress is null
            || (IsVersion6 == other.IsVersion6 && (IsOfAny || other.IsOfAny || HostAddress.Equals(other.HostAddress))));

    /// <summary>The host's side, for messages: <c>0.0.0.0:80/tcp</c>.</summary>
    public string HostSide => string.Create(CultureInfo.InvariantCulture, $"{HostText}:{HostPorts}/{ProtocolName}");

    /// <summary>The protocol as users write it.</summary>
    public string ProtocolName => Protocol switch { PortProtocol.Tcp => "tcp", PortProtocol.Udp => "udp", _ => "sctp" };

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{HostText}:{HostPorts}:{ContainerPort}/{ProtocolName}");

    private string HostText => HostAddress is null ? BothFamilies : IsVersion6 ? $"[{HostAddress}]" : HostAddress.ToString();

    private string HostPorts => HostPortLast == 0 ? HostPort.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{HostPort}-{HostPortLast}");

    private static bool TryParseProtocol(string text, out PortProtocol protocol)
    {
        protocol = text switch { "tcp" => PortProtocol.Tcp, "udp" => PortProtocol.Udp, "sctp" => PortProtocol.Sctp, _ => 0 };
        return protocol != 0;
    }
}

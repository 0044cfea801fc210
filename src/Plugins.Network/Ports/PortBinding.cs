using System.Globalization;
using MiniDock.Abstractions.Model;
using MiniDock.Plugins.Network.Addresses;

namespace MiniDock.Plugins.Network.Ports;

/// <summary>A port of the host that leads to a port of a container.</summary>
/// <param name="Protocol">Transport protocol.</param>
/// <param name="HostAddress">Address of the host; <see cref="Ipv4Address.Any"/> for all of them.</param>
/// <param name="HostPort">Port of the host; 0 in a request: any free one.</param>
/// <param name="ContainerPort">Port in the container.</param>
public sealed record PortBinding(PortProtocol Protocol, Ipv4Address HostAddress, ushort HostPort, ushort ContainerPort)
{
    /// <summary>In a request: any free port from <see cref="HostPort"/> to this one; 0: that port alone.</summary>
    public ushort HostPortLast { get; init; }

    /// <summary>Takes a mapping of the specification over; null where it is none for IPv4.</summary>
    public static PortBinding? From(PortMapping mapping)
    {
        var address = Ipv4Address.Any;
        if ((mapping.HostAddress is { Length: > 0 } text && !Ipv4Address.TryParse(text, out address))
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
        // address:port[-port]:port/protocol
        var slash = text.Split('/');
        var parts = slash[0].Split(':');
        var host = parts.Length == 3 ? parts[1].Split('-') : [];
        ushort hostLast = 0;
        return slash.Length == 2 && host.Length is (1 or 2)
            && Ipv4Address.TryParse(parts[0], out var address)
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
        && (HostAddress == other.HostAddress || HostAddress == Ipv4Address.Any || other.HostAddress == Ipv4Address.Any);

    /// <summary>The host's side, for messages: <c>0.0.0.0:80/tcp</c>.</summary>
    public string HostSide => string.Create(CultureInfo.InvariantCulture, $"{HostAddress}:{HostPorts}/{ProtocolName}");

    /// <summary>The protocol as users write it.</summary>
    public string ProtocolName => Protocol switch { PortProtocol.Tcp => "tcp", PortProtocol.Udp => "udp", _ => "sctp" };

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{HostAddress}:{HostPorts}:{ContainerPort}/{ProtocolName}");

    private string HostPorts => HostPortLast == 0 ? HostPort.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{HostPort}-{HostPortLast}");

    private static bool TryParseProtocol(string text, out PortProtocol protocol)
    {
        protocol = text switch { "tcp" => PortProtocol.Tcp, "udp" => PortProtocol.Udp, "sctp" => PortProtocol.Sctp, _ => 0 };
        return protocol != 0;
    }
}

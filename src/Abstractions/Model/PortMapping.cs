namespace MiniDock.Abstractions.Model;

/// <summary>A published port.</summary>
/// <param name="HostAddress">Address on the host, or null for all of IPv4 (and IPv6 where the network has it).</param>
/// <param name="HostPort">Port on the host; 0 picks a free one.</param>
/// <param name="ContainerPort">Port in the container.</param>
/// <param name="Protocol"><c>tcp</c>, <c>udp</c> or <c>sctp</c>.</param>
public sealed record PortMapping(string? HostAddress, ushort HostPort, ushort ContainerPort, string Protocol = "tcp");

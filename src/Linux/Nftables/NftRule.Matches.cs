using System.Net;
using System.Net.Sockets;

namespace MiniDock.Linux.Nftables;

public sealed partial class NftRule
{
    private const uint LocalAddressType = 2;
    private const uint StateEstablishedOrRelated = 6;

    // Offsets and lengths of addresses in the IPv4 and IPv6 headers.
    private const int Ip4Source = 12;
    private const int Ip4Destination = 16;
    private const int Ip6Source = 8;
    private const int Ip6Destination = 24;

    /// <summary><c>iifname "x"</c>.</summary>
    public NftRule InputInterface(string name, bool inverted = false) =>
        Meta(NftMeta.InputName).Compare(Comparison(inverted), new NftValue().InterfaceName(name).Bytes);

    /// <summary><c>oifname "x"</c>.</summary>
    public NftRule OutputInterface(string name, bool inverted = false) =>
        Meta(NftMeta.OutputName).Compare(Comparison(inverted), new NftValue().InterfaceName(name).Bytes);

    /// <summary><c>meta nfproto ipv4</c>, needed before IPv4 fields in an inet table.</summary>
    public NftRule Family(NftFamily family) => Meta(NftMeta.NetworkFamily).Compare(NftCompare.Equal, [(byte)family]);

    /// <summary><c>meta l4proto tcp</c>.</summary>
    public NftRule Protocol(byte protocol) => Meta(NftMeta.TransportProtocol).Compare(NftCompare.Equal, [protocol]);

    /// <summary><c>th dport 80</c>, after <see cref="Protocol"/>.</summary>
    public NftRule DestinationPort(ushort port) =>
        LoadDestinationPort().Compare(NftCompare.Equal, new NftValue().Port(port).Bytes);

    /// <summary><c>ip saddr 10.0.0.0/8</c>; in an inet table with its <see cref="Family"/> first.</summary>
    public NftRule Source(IPAddress network, int prefixLength, bool inverted = false) =>
        LoadSource(IsIp6(network)).CompareNetwork(network, prefixLength, inverted);

    /// <summary><c>ip daddr 10.0.0.0/8</c>; in an inet table with its <see cref="Family"/> first.</summary>
    public NftRule Destination(IPAddress network, int prefixLength, bool inverted = false) =>
        LoadDestination(IsIp6(network)).CompareNetwork(network, prefixLength, inverted);

    /// <summary><c>fib daddr type local</c>: the packet is for this host.</summary>
    public NftRule DestinationIsLocal() =>
        FibAddressType(destination: true).Compare(NftCompare.Equal, new NftValue().Number(LocalAddressType).Bytes);

    /// <summary><c>ct state established,related</c>.</summary>
    public NftRule EstablishedOrRelated() =>
        Conntrack(NftConntrack.State)
            .Mask(new NftValue().Number(StateEstablishedOrRelated).Bytes)
            .Compare(NftCompare.NotEqual, new NftValue().Number(0).Bytes);

    /// <summary>Loads the source address.</summary>
    public NftRule LoadSource(bool ip6, int register = 0) => ip6
        ? Payload(NftPayload.NetworkHeader, Ip6Source, 16, register)
        : Payload(NftPayload.NetworkHeader, Ip4Source, 4, register);

    /// <summary>Loads the destination address.</summary>
    public NftRule LoadDestination(bool ip6, int register = 0) => ip6
        ? Payload(NftPayload.NetworkHeader, Ip6Destination, 16, register)
        : Payload(NftPayload.NetworkHeader, Ip4Destination, 4, register);

    /// <summary>Loads the destination port of TCP, UDP or SCTP.</summary>
    public NftRule LoadDestinationPort(int register = 0) => Payload(NftPayload.TransportHeader, 2, 2, register);

    private NftRule CompareNetwork(IPAddress network, int prefixLength, bool inverted)
    {
        byte[] address = network.GetAddressBytes();
        byte[] mask = new byte[address.Length];
        for (int bit = 0; bit < prefixLength; bit++)
        {
            mask[bit / 8] |= (byte)(0x80 >> (bit % 8));
        }

        for (int i = 0; i < address.Length; i++)
        {
            address[i] &= mask[i];
        }

        return (prefixLength == address.Length * 8 ? this : Mask(mask)).Compare(Comparison(inverted), address);
    }

    private static NftCompare Comparison(bool inverted) => inverted ? NftCompare.NotEqual : NftCompare.Equal;

    private static bool IsIp6(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6;
}

namespace MiniDock.Plugins.Network.Ports;

/// <summary>Transport protocols whose ports can be published, with their numbers in IP.</summary>
public enum PortProtocol : byte
{
    /// <summary>tcp(7).</summary>
    Tcp = 6,

    /// <summary>udp(7).</summary>
    Udp = 17,

    /// <summary>sctp(7).</summary>
    Sctp = 132,
}

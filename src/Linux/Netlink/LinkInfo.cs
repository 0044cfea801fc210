namespace MiniDock.Linux.Netlink;

/// <summary>A link as the kernel lists it.</summary>
public sealed record LinkInfo
{
    public required int Index { get; init; }

    public required string Name { get; init; }

    /// <summary><c>bridge</c>, <c>veth</c>, …; empty for physical links and the loopback.</summary>
    public string Kind { get; init; } = "";

    /// <summary>IFF_* flags.</summary>
    public uint Flags { get; init; }

    public bool IsUp => (Flags & Native.Constants.IffUp) != 0;

    /// <summary>Whether the link below is there.</summary>
    public bool HasCarrier => (Flags & Native.Constants.IffLowerUp) != 0;

    public int MtuBytes { get; init; }

    public MacAddress? Address { get; init; }

    /// <summary>The index of its bridge, or 0.</summary>
    public int Master { get; init; }

    /// <summary>The index of the veth peer or of the link below, in its own namespace, or 0.</summary>
    public int LinkIndex { get; init; }

    public LinkStatistics Statistics { get; init; }
}

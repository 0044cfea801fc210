namespace MiniDock.Linux.Nftables;

/// <summary>A set, or a map where there are data.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Key">Fields of the key, several make a concatenation.</param>
public sealed record NftSet(string Name, params NftType[] Key)
{
    /// <summary>Fields of the data that a key maps to; empty for a set.</summary>
    public NftType[] Data { get; init; } = [];

    /// <summary>Keys are ranges: each is added with its end.</summary>
    public bool Interval { get; init; }

    internal static int LengthOf(NftType type) => type switch
    {
        NftType.Ip6Address or NftType.InterfaceName => 16,
        NftType.EtherAddress => 6,
        NftType.InetProtocol => 1,
        NftType.InetService => 2,
        _ => 4,
    };

    internal static bool IsHostOrder(NftType[] fields) =>
        fields is [NftType.Mark or NftType.InterfaceIndex or NftType.InterfaceName];

    // Fields of a concatenation take whole 4-byte registers; a single field keeps its own length.
    internal static int LengthOf(NftType[] fields)
    {
        if (fields.Length == 1)
        {
            return LengthOf(fields[0]);
        }

        int length = 0;
        foreach (NftType field in fields)
        {
            length += (LengthOf(field) + 3) & ~3;
        }

        return length;
    }

    internal static uint TypeOf(NftType[] fields)
    {
        const int BitsPerType = 6;
        uint type = 0;
        foreach (NftType field in fields)
        {
            type = (type << BitsPerType) | (uint)field;
        }

        return type;
    }
}

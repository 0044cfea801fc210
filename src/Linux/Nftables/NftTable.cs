namespace MiniDock.Linux.Nftables;

/// <summary>A table's name and family.</summary>
public readonly record struct NftTable(NftFamily Family, string Name)
{
    /// <summary>As nft writes it: <c>inet minidock</c>.</summary>
    public override string ToString() => $"{FamilyName} {Name}";

    private string FamilyName => Family switch
    {
        NftFamily.Inet => "inet",
        NftFamily.Ip => "ip",
        NftFamily.Ip6 => "ip6",
        NftFamily.Bridge => "bridge",
        _ => "any",
    };
}

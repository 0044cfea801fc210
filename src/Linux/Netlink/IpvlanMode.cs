namespace MiniDock.Linux.Netlink;

/// <summary>Modes of an ipvlan link.</summary>
public enum IpvlanMode : ushort
{
    L2 = 0,
    L3 = 1,
    L3S = 2,
}

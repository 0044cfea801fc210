namespace MiniDock.Linux.Netlink;

/// <summary>Modes of a macvlan link.</summary>
public enum MacvlanMode : uint
{
    Private = 1,
    Vepa = 2,
    Bridge = 4,
    PassThrough = 8,
}

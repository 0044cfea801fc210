namespace MiniDock.Linux.Native;

/// <summary><c>struct mount_attr</c>.</summary>
internal struct MountAttr
{
    public ulong Set;
    public ulong Clear;
    public ulong Propagation;
    public ulong UserNamespaceFd;
}

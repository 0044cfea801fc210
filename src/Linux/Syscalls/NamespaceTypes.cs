namespace MiniDock.Linux;

/// <summary>Kinds of namespaces, CLONE_NEW*, <c>namespaces(7)</c>.</summary>
[Flags]
public enum NamespaceTypes
{
    None = 0,
    Time = 0x80,
    Mount = 0x2_0000,
    Cgroup = 0x200_0000,
    Uts = 0x400_0000,
    Ipc = 0x800_0000,
    User = 0x1000_0000,
    Pid = 0x2000_0000,
    Network = 0x4000_0000,
}

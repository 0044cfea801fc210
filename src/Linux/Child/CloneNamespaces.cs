namespace MiniDock.Linux.Child;

/// <summary>Namespaces that a child is created in: the CLONE_NEW* flags of clone3(2).</summary>
/// <remarks>The values are the kernel's and also serve setns(2) and unshare(2).</remarks>
[Flags]
public enum CloneNamespaces : uint
{
    None = 0,
    Time = 0x80,
    Mount = 0x20000,
    Cgroup = 0x2000000,
    Uts = 0x4000000,
    Ipc = 0x8000000,
    User = 0x10000000,
    Pid = 0x20000000,
    Network = 0x40000000,
}

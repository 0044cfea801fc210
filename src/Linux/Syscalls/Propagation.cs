namespace MiniDock.Linux;

/// <summary>How mounts and unmounts spread between copies of a mount, <c>mount_namespaces(7)</c>.</summary>
public enum Propagation : uint
{
    Unchanged = 0,
    Unbindable = 1 << 17,
    Private = 1 << 18,
    Slave = 1 << 19,
    Shared = 1 << 20,
}

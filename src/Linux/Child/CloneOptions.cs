using Microsoft.Win32.SafeHandles;

namespace MiniDock.Linux.Child;

/// <summary>How a child is created.</summary>
public sealed record CloneOptions
{
    /// <summary>New namespaces. A new cgroup namespace is better unshared by the program once the child is in its group: its root is
    /// the group of the caller at that moment.</summary>
    public NamespaceTypes Namespaces { get; init; }

    /// <summary>Directory of a v2 group that the child is created in (CLONE_INTO_CGROUP, Linux 5.7), or null.</summary>
    public SafeFileHandle? Cgroup { get; init; }

    /// <summary>An existing pid namespace to create the child in, or null.</summary>
    public SafeFileHandle? PidNamespace { get; init; }
}

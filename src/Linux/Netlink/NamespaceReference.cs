using Microsoft.Win32.SafeHandles;

namespace MiniDock.Linux.Netlink;

/// <summary>A network namespace as rtnetlink takes it: an open descriptor, or a process that is in it.</summary>
public readonly record struct NamespaceReference
{
    private NamespaceReference(int descriptor, int pid)
    {
        Descriptor = descriptor;
        Pid = pid;
    }

    internal int Descriptor { get; }

    internal int Pid { get; }

    /// <summary>By descriptor, which must stay open until the request is sent.</summary>
    public static NamespaceReference Of(SafeFileHandle file) => new((int)file.DangerousGetHandle(), 0);

    /// <summary>By process, as the sender's pid namespace numbers it. Only for one that cannot have been replaced.</summary>
    public static NamespaceReference OfPid(int pid) => new(-1, pid);
}

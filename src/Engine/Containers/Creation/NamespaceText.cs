using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Containers.Creation;

/// <summary>Short names of namespaces, as /proc/PID/ns has them.</summary>
public static class NamespaceText
{
    /// <summary>All of them, for hints.</summary>
    public const string Names = "mnt, uts, ipc, pid, net, user, cgroup, time";

    /// <summary>The short name.</summary>
    public static string NameOf(NamespaceType type) => type switch
    {
        NamespaceType.Mount => "mnt",
        NamespaceType.Network => "net",
        _ => type.ToString().ToLowerInvariant(),
    };

    /// <summary>The type of a short name, or null.</summary>
    public static NamespaceType? TypeOf(string name) => name switch
    {
        "mnt" or "mount" => NamespaceType.Mount,
        "uts" => NamespaceType.Uts,
        "ipc" => NamespaceType.Ipc,
        "pid" => NamespaceType.Pid,
        "net" or "network" => NamespaceType.Network,
        "user" => NamespaceType.User,
        "cgroup" => NamespaceType.Cgroup,
        "time" => NamespaceType.Time,
        _ => null,
    };
}

namespace MiniDock.Abstractions.Model;

/// <summary>The kinds of namespaces(7).</summary>
public enum NamespaceType
{
    /// <summary>mount_namespaces(7).</summary>
    Mount,

    /// <summary>uts_namespaces(7).</summary>
    Uts,

    /// <summary>ipc_namespaces(7).</summary>
    Ipc,

    /// <summary>pid_namespaces(7).</summary>
    Pid,

    /// <summary>network_namespaces(7).</summary>
    Network,

    /// <summary>user_namespaces(7).</summary>
    User,

    /// <summary>cgroup_namespaces(7), Linux 4.6.</summary>
    Cgroup,

    /// <summary>time_namespaces(7), Linux 5.6.</summary>
    Time,
}

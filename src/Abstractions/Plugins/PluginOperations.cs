namespace MiniDock.Abstractions.Plugins;

/// <summary>Names of operations: in a manifest as they are here, in a request behind the prefix of the kind, such as <c>net.attach</c>.</summary>
public static class PluginOperations
{
    public const string Create = "create";
    public const string Remove = "remove";
    public const string Inspect = "inspect";
    public const string Attach = "attach";
    public const string Detach = "detach";
    public const string Check = "check";
    public const string Collect = "gc";
    public const string Status = "status";
    public const string Plan = "plan";
    public const string Apply = "apply";
    public const string Update = "update";
    public const string Stats = "stats";
    public const string Precreate = "precreate";
    public const string Poststart = "poststart";
    public const string Prestop = "prestop";
    public const string Poststop = "poststop";

    private static readonly string[] Network = [Create, Remove, Attach, Detach, Check, Collect, Status];
    private static readonly string[] Storage = [Create, Remove, Inspect, Attach, Detach, Collect, Status];
    private static readonly string[] Cgroup = [Plan, Apply, Update, Stats, Remove];
    private static readonly string[] Hook = [Precreate, Poststart, Prestop, Poststop];

    /// <summary>The operations that plugins of a kind may have.</summary>
    public static IReadOnlyList<string> Of(PluginKind kind) => kind switch
    {
        PluginKind.Network => Network,
        PluginKind.Storage => Storage,
        PluginKind.Cgroup => Cgroup,
        _ => Hook,
    };

    /// <summary>Those that a plugin of a kind must have.</summary>
    public static IReadOnlyList<string> RequiredOf(PluginKind kind) => kind switch
    {
        PluginKind.Network or PluginKind.Storage => [Attach, Detach],
        PluginKind.Cgroup => [Plan],
        _ => [],
    };

    /// <summary>How a request names an operation.</summary>
    public static string InRequest(PluginKind kind, string operation) => kind switch
    {
        PluginKind.Network => "net." + operation,
        PluginKind.Storage => "storage." + operation,
        PluginKind.Cgroup => "cgroup." + operation,
        _ => "hook." + operation,
    };
}

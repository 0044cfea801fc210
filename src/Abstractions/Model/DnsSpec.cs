namespace MiniDock.Abstractions.Model;

/// <summary>What goes into resolv.conf(5) and hosts(5) of a container. Values are free of control characters.</summary>
public sealed record DnsSpec
{
    /// <summary>Name servers; empty: the host's.</summary>
    public IReadOnlyList<string> Servers { get; init; } = [];

    /// <summary>Search domains; empty: the host's.</summary>
    public IReadOnlyList<string> Search { get; init; } = [];

    /// <summary>resolv.conf options; empty: the host's.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>More lines of hosts, <c>name:address</c>.</summary>
    public IReadOnlyList<string> ExtraHosts { get; init; } = [];
}

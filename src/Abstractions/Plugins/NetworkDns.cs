namespace MiniDock.Abstractions.Plugins;

/// <summary>Name resolution of a <see cref="NetworkResult"/>.</summary>
public sealed record NetworkDns
{
    /// <summary>Addresses of name servers.</summary>
    public IReadOnlyList<string> Nameservers { get; set; } = [];

    /// <summary>Search domains.</summary>
    public IReadOnlyList<string> Search { get; set; } = [];

    /// <summary>Options of the resolver.</summary>
    public IReadOnlyList<string> Options { get; set; } = [];
}

using System.Globalization;
using System.Text.Json.Nodes;
using MiniDock.Cli.Output.Lists;

namespace MiniDock.Cli.Commands.Networks;

/// <summary>A row of <c>network ls</c>, docker's fields.</summary>
internal static class NetworkRow
{
    /// <summary>The columns of the table.</summary>
    public static readonly Column[] Columns = [new("ID", "NETWORK ID"), new("Name", "NAME"), new("Driver", "DRIVER"), new("Scope", "SCOPE")];

    /// <summary>What only templates and JSON show.</summary>
    public static readonly Column[] Others =
        [new("IPv4", "IPV4"), new("IPv6", "IPV6"), new("Internal", "INTERNAL"), new("Labels", "LABELS"), new("CreatedAt", "CREATED AT"), new("Subnet", "SUBNET")];

    /// <summary>Makes the row.</summary>
    public static JsonObject Of(ListedNetwork network, bool isWhole) => new()
    {
        ["ID"] = isWhole ? network.Id : network.ShortId,
        ["Name"] = network.Name,
        ["Driver"] = network.Driver,
        ["Scope"] = "local",
        ["IPv4"] = "true",
        ["IPv6"] = network.Definition?.Subnet6 is null ? "false" : "true",
        ["Internal"] = network.Definition?.IsInternal == true ? "true" : "false",
        ["Labels"] = string.Join(',', network.Definition?.Labels.Select(l => $"{l.Key}={l.Value}") ?? []),
        ["CreatedAt"] = network.Definition?.Created?.ToString("yyyy-MM-dd HH:mm:ss.fffffff +0000 UTC", CultureInfo.InvariantCulture) ?? "",
        ["Subnet"] = network.Definition?.Subnet.ToString() ?? "",
    };
}

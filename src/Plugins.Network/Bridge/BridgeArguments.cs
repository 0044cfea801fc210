using System.Globalization;
using System.Net;
using MiniDock.Abstractions.Plan;
using MiniDock.Plugins.Network.Addresses;
using MiniDock.Plugins.Network.Definitions;

namespace MiniDock.Plugins.Network.Bridge;

/// <summary>Networks as arguments and receipts of steps.</summary>
internal static class BridgeArguments
{
    /// <summary>Writes a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="index">Index of its device, or null before it was made.</param>
    public static StepValues Of(NetworkDefinition network, int? index = null) => StepValues.Of(
        ("network", network.Name),
        ("device", network.Device),
        ("subnet", network.Subnet.ToString()),
        ("gateway", network.Gateway.ToString()),
        ("mtu", network.MtuBytes.ToString(CultureInfo.InvariantCulture)),
        ("range", network.Range?.ToString()),
        ("subnet6", network.Subnet6?.ToString()),
        ("gateway6", network.Gateway6?.ToString()),
        ("id", network.Id),
        ("internal", network.IsInternal ? "true" : null),
        ("index", index?.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Reads a network.</summary>
    public static NetworkDefinition Network(StepValues values) => new(
        values["network"],
        BridgeNetworkProvider.ProviderName,
        Ipv4Subnet.Parse(values["subnet"]),
        Ipv4Address.Parse(values["gateway"]),
        values["device"],
        Number(values, "mtu"))
    {
        Range = values.Find("range") is { } range ? Ipv4Subnet.Parse(range) : null,
        Subnet6 = values.Find("subnet6") is { } subnet6 ? Ipv6Subnet.Parse(subnet6) : null,
        Gateway6 = values.Find("gateway6") is { } gateway6 ? IPAddress.Parse(gateway6) : null,
        Id = values.Find("id"),
        IsInternal = values.Find("internal") == "true",
    };

    /// <summary>Reads a number.</summary>
    public static int Number(StepValues values, string name) => int.Parse(values[name], CultureInfo.InvariantCulture);

    /// <summary>The receipt of a step that this one requires.</summary>
    public static StepValues Required(IStepContext context, string stepId) =>
        context.ReceiptOf(stepId) ?? throw new InvalidOperationException($"step {stepId} has not been applied");
}

using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;

namespace MiniDock.Engine.Containers.Networks;

/// <summary>What the receipt of a step tells of an interface.</summary>
internal static class EndpointReceipt
{
    /// <summary>Reads it; null where it tells of none.</summary>
    public static NetworkEndpoint? Read(StepValues receipt) =>
        receipt.Find("interface") is not { } name ? null
        : new NetworkEndpoint(receipt.Find("network") ?? "", name, receipt.Find("address"), receipt.Find("gateway"), receipt.Find("mac"))
        {
            Address6 = receipt.Find("address6"),
            Gateway6 = receipt.Find("gateway6"),
            NetworkId = receipt.Find("id"),
        };
}

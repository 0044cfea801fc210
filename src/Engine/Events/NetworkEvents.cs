using System.Text;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Checksums;

namespace MiniDock.Engine.Events;

/// <summary>Events of networks, with docker's attributes.</summary>
public static class NetworkEvents
{
    /// <summary>An event of a network alone: <c>create destroy</c>.</summary>
    public static EngineEvent Of(string action, string id, string name, string driver) =>
        new(EngineEvent.Network, action, id, [new("name", name), new("type", driver)]);

    /// <summary>A container came to its networks, or left them: <c>connect disconnect</c>, one for each interface.</summary>
    public static EngineEvent[] Of(string action, ContainerSpec spec, IReadOnlyList<NetworkEndpoint> endpoints, EnginePaths paths)
    {
        var events = new List<EngineEvent>(endpoints.Count);
        string? last = null;
        foreach (var endpoint in endpoints)
        {
            // Several steps of one attachment may tell of one interface.
            if (endpoint.Interface != last && endpoint.Network.Length > 0)
            {
                last = endpoint.Interface;
                events.Add(new(EngineEvent.Network, action, endpoint.NetworkId ?? IdOf(paths, endpoint.Network),
                    [new("container", spec.Id.Value), new("name", endpoint.Network), new("type", Driver(spec, endpoint.Network))]));
            }
        }

        return [.. events];
    }

    /// <summary>The id of a network that was not made, stable without being written anywhere.</summary>
    public static string IdOf(EnginePaths paths, string name)
    {
        Span<byte> hash = stackalloc byte[SmallSha256.HashBytes];
        SmallSha256.Hash(Encoding.UTF8.GetBytes($"{paths.Root}/{name}"), hash);
        return Convert.ToHexStringLower(hash);
    }

    private static string Driver(ContainerSpec spec, string network)
    {
        foreach (var attachment in spec.Networks)
        {
            if (attachment.NetworkName == network || attachment.Instance == network)
            {
                return attachment.Provider;
            }
        }

        return network.Split(':')[0];
    }
}

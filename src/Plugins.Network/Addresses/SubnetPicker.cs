namespace MiniDock.Plugins.Network.Addresses;

/// <summary>Chooses a private subnet for a network that was given none (RFC 1918).</summary>
public static class SubnetPicker
{
    private static readonly Ipv4Subnet[] Candidates = [.. AllCandidates()];

    /// <summary>The first candidate that shares no address with a network in use; null where all do.</summary>
    /// <param name="used">Routes of the host and subnets of other networks.</param>
    /// <param name="seed">Where to begin: two roots that pick at once begin at different places.</param>
    public static Ipv4Subnet? Pick(IReadOnlyCollection<Ipv4Subnet> used, uint seed)
    {
        for (var i = 0; i < Candidates.Length; i++)
        {
            var candidate = Candidates[(int)((seed + (uint)i) % (uint)Candidates.Length)];
            if (!used.Any(candidate.Overlaps))
            {
                return candidate;
            }
        }

        return null;
    }

    // The middle of 10/8 first: docker, podman and home routers take the ends of the private ranges.
    private static IEnumerable<Ipv4Subnet> AllCandidates()
    {
        for (uint second = 77; second < 192; second++)
        {
            yield return new Ipv4Subnet(new Ipv4Address((10u << 24) | (second << 16)), 16);
        }

        for (uint second = 31; second >= 16; second--)
        {
            yield return new Ipv4Subnet(new Ipv4Address((172u << 24) | (second << 16)), 16);
        }
    }
}

using System.Net;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux.Netlink;
using MiniDock.Plugins.Network.Definitions;
using MiniDock.Plugins.Network.Records;

namespace MiniDock.Plugins.Network.Addresses;

/// <summary>
/// The address leases of the networks of a root, a record file each. Addresses are given in turn and not at once again: packets
/// for the last holder, and what neighbours and connection tracking remember of it, do not reach the next one.
/// </summary>
public sealed class LeaseBook(EnginePaths paths)
{
    private const string CursorTag = "next-after";

    /// <summary>Takes an address for an attachment. The one that it holds already is given again.</summary>
    /// <param name="network">The network.</param>
    /// <param name="owner">The container.</param>
    /// <param name="attachment">Place of the attachment.</param>
    /// <param name="wanted">The address that must be had, or null for any.</param>
    /// <param name="mac">The link-layer address that was asked for, or null to derive one.</param>
    /// <param name="wanted6">The IPv6 address that must be had, or null for any.</param>
    /// <exception cref="EngineException">The address is taken, or all are.</exception>
    public Lease Take(NetworkDefinition network, ContainerId owner, int attachment, Ipv4Address? wanted, MacAddress? mac, IPAddress? wanted6 = null)
    {
        using var file = RecordFile.Open(FileOf(network.Name));
        var leases = Parse(file);
        if (leases.Find(l => l.Owner == owner && l.Attachment == attachment) is { } held && (wanted is null || wanted == held.Address)
            && (wanted6 is null || wanted6.Equals(held.Address6)))
        {
            return held;
        }

        var address = wanted is { } fixedAddress
            ? TakeFixed(file, leases, network, fixedAddress)
            : TakeNext(file, leases, network);
        var lease = new Lease(address, owner, attachment, mac ?? address.ToMacAddress()) { Address6 = new Ipv6Choice(network, leases).Of(address, wanted6, IsOrphan) };
        file.Add(lease.Format());
        if (wanted is null)
        {
            file.Set(0, $"{CursorTag} {address}");
        }

        return lease;
    }

    /// <summary>Gives back what an attachment holds in a network; nothing where it holds none.</summary>
    public void Release(string network, ContainerId owner, int attachment)
    {
        using var file = RecordFile.OpenExisting(FileOf(network));
        Free(file, l => l.Owner == owner && l.Attachment == attachment);
    }

    /// <summary>Gives back the addresses of containers that are no more.</summary>
    /// <returns>The leases that ended.</returns>
    public IReadOnlyList<Lease> Collect()
    {
        var ended = new List<Lease>();
        foreach (var network in Networks())
        {
            using var file = RecordFile.OpenExisting(FileOf(network));
            ended.AddRange(Free(file, IsOrphan));
        }

        return ended;
    }

    /// <summary>Lets a network end while nobody holds an address of it and none is given.</summary>
    /// <param name="network">The network.</param>
    /// <param name="end">What ends it.</param>
    /// <returns>The leases that stand against it; none: it was ended.</returns>
    public IReadOnlyList<Lease> End(string network, Action end)
    {
        using var file = RecordFile.Open(FileOf(network));
        Free(file, IsOrphan);
        var held = Parse(file);
        if (held.Count == 0)
        {
            end();
            File.Delete(FileOf(network));
        }

        return held;
    }

    /// <summary>The leases of one network.</summary>
    public IReadOnlyList<Lease> Of(string network)
    {
        using var file = RecordFile.OpenExisting(FileOf(network));
        return file is null ? [] : Parse(file);
    }

    /// <summary>Whether a record is one that a book holds.</summary>
    internal static bool IsRecord(string record) =>
        Lease.Parse(record) is not null || record == CursorTag
        || (record.StartsWith(CursorTag + " ", StringComparison.Ordinal) && Ipv4Address.TryParse(record.AsSpan(CursorTag.Length).Trim(), out _));

    private string DirectoryPath => Path.Combine(paths.RunNetworks, "leases");

    private string FileOf(string network) => Path.Combine(DirectoryPath, network);

    private IEnumerable<string> Networks() =>
        Directory.Exists(DirectoryPath) ? Directory.EnumerateFiles(DirectoryPath).Select(f => Path.GetFileName(f)!) : [];

    private bool IsOrphan(Lease lease) => !Directory.Exists(paths.RunDirectory(lease.Owner));

    private Ipv4Address TakeFixed(RecordFile file, List<Lease> leases, NetworkDefinition network, Ipv4Address address)
    {
        if (!network.Subnet.HoldsHost(address) || address == network.Gateway)
        {
            throw new EngineException(
                $"assign address {address} in network {network.Name}: EINVAL (not a container's address of {network.Subnet})",
                $"addresses from {network.Subnet.First} to {network.Subnet.Last} but {network.Gateway} can be asked for");
        }

        if (leases.Find(l => l.Address == address) is { } holder)
        {
            if (!IsOrphan(holder))
            {
                throw new EngineException(
                    $"assign address {address} in network {network.Name}: EADDRINUSE (held by container {holder.Owner.Short})",
                    "choose another address, or none to be given a free one");
            }

            Free(file, l => l == holder);
        }

        return address;
    }

    private Ipv4Address TakeNext(RecordFile file, List<Lease> leases, NetworkDefinition network)
    {
        if (FindFree(file, leases, network) is { } address)
        {
            return address;
        }

        // Only a full pool pays for the look at each holder.
        if (Free(file, IsOrphan).Count > 0 && FindFree(file, Parse(file), network) is { } reclaimed)
        {
            return reclaimed;
        }

        throw new EngineException(
            $"assign an address in network {network.Name}: ENOSPC (all {network.Capacity} addresses of {network.Range ?? network.Subnet} are in use)",
            "end a container of this network, or use a network with a larger subnet");
    }

    private static Ipv4Address? FindFree(RecordFile file, List<Lease> leases, NetworkDefinition network)
    {
        if (leases.Count >= network.Capacity && network.Range is null)
        {
            return null;
        }

        var taken = leases.Select(l => l.Address).Append(network.Gateway).ToHashSet();
        var (first, count) = network.Range is { } range
            ? (range.Network.Value, (uint)(1L << (32 - range.PrefixLength)))
            : (network.Subnet.First.Value, (uint)network.Subnet.HostCount);
        var start = Cursor(file) is { } cursor && cursor.Value >= first && cursor.Value - first < count ? cursor.Value + 1 - first : 0;
        for (uint i = 0; i < count; i++)
        {
            var address = new Ipv4Address(first + ((start + i) % count));
            if (network.Subnet.HoldsHost(address) && !taken.Contains(address))
            {
                return address;
            }
        }

        return null;
    }

    private static Ipv4Address? Cursor(RecordFile file) =>
        file.Records is [var first, ..] && first.StartsWith(CursorTag, StringComparison.Ordinal)
        && Ipv4Address.TryParse(first.AsSpan(CursorTag.Length).Trim(), out var address) ? address : null;

    // Place 0 is the cursor's from the first opening on.
    private static List<Lease> Parse(RecordFile file)
    {
        if (file.Records.Count == 0)
        {
            file.Set(0, CursorTag);
        }

        return [.. file.Records.Select(Lease.Parse).OfType<Lease>()];
    }

    private static List<Lease> Free(RecordFile? file, Predicate<Lease> which)
    {
        var freed = new List<Lease>();
        for (var place = 0; place < (file?.Records.Count ?? 0); place++)
        {
            if (Lease.Parse(file!.Records[place]) is { } lease && which(lease))
            {
                file.Set(place, "");
                freed.Add(lease);
            }
        }

        return freed;
    }
}

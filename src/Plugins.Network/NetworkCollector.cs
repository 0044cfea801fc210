using MiniDock.Abstractions.Providers;
using MiniDock.Plugins.Network.Addresses;
using MiniDock.Plugins.Network.Cni;
using MiniDock.Plugins.Network.Filter;
using MiniDock.Plugins.Network.Names;
using MiniDock.Plugins.Network.Ports;

namespace MiniDock.Plugins.Network;

/// <summary>Takes back what containers hold of networks that are no more: addresses, ports and attachments whose owner has no run directory.</summary>
public sealed class NetworkCollector(EnginePaths paths)
{
    /// <summary>Collects.</summary>
    /// <param name="failures">What could not be, a line each.</param>
    /// <returns>A line for each thing taken back, such as <c>address 10.77.0.2</c>.</returns>
    public IReadOnlyList<string> Collect(ICollection<string> failures)
    {
        var collected = new List<string>();
        using (var book = PortBook.OpenExisting(paths))
        {
            if (book?.Orphans() is { Count: > 0 } ports)
            {
                new PacketFilter(paths).Withdraw(ports);
                book.Remove(ports);
                collected.AddRange(ports.Select(p => $"port {p.Binding.HostSide}"));
            }
        }

        if (Directory.Exists(EndpointNames.DirectoryOf(paths)))
        {
            foreach (var network in Directory.EnumerateFiles(EndpointNames.DirectoryOf(paths)))
            {
                collected.AddRange(new EndpointNames(paths, Path.GetFileName(network)).Refresh().Select(n => $"name {n}"));
            }
        }

        collected.AddRange(new LeaseBook(paths).Collect().Select(l => $"address {l.Address}"));
        collected.AddRange(new CniBook(paths).Collect(failures));
        return collected;
    }
}

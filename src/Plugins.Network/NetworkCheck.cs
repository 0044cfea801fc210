using MiniDock.Abstractions;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;
using MiniDock.Plugins.Network.Addresses;
using MiniDock.Plugins.Network.Definitions;
using MiniDock.Plugins.Network.Names;
using MiniDock.Plugins.Network.Ports;
using MiniDock.Plugins.Network.Records;

namespace MiniDock.Plugins.Network;

/// <summary>Looks for damage among networks: their definitions, and the records of what containers hold of them.</summary>
public sealed class NetworkCheck(EnginePaths paths)
{
    /// <summary>Looks at everything.</summary>
    public IEnumerable<Damage> Find() => Definitions().Concat(Records());

    private IEnumerable<Damage> Definitions()
    {
        var definitions = new DefinitionStore(paths);
        foreach (var file in FilesIn(paths.Networks).Where(f => f.EndsWith(".json", StringComparison.Ordinal)))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            string? text = null;
            try
            {
                text = definitions.Find(name) is null ? "its name is none" : null;
            }
            catch (EngineException e)
            {
                text = e.Message[(e.Message.LastIndexOf(": ", StringComparison.Ordinal) + 2)..];
            }

            if (text is not null)
            {
                yield return new Damage("network", name, $"its definition cannot be read ({text})", $"mend {file} or remove it");
            }
        }
    }

    private IEnumerable<Damage> Records()
    {
        foreach (var file in FilesIn(Path.Combine(paths.RunNetworks, "leases")))
        {
            var network = Path.GetFileName(file);
            foreach (var damage in RecordsOf(file, network, LeaseBook.IsRecord, r => Lease.Parse(r)?.Owner, r => $"address {Lease.Parse(r)!.Address}"))
            {
                yield return damage;
            }
        }

        foreach (var file in FilesIn(EndpointNames.DirectoryOf(paths)))
        {
            foreach (var damage in RecordsOf(file, Path.GetFileName(file), r => NamedEndpoint.Parse(r) is not null, r => NamedEndpoint.Parse(r)?.Owner, r => $"name {NamedEndpoint.Parse(r)!.Name}"))
            {
                yield return damage;
            }
        }

        foreach (var damage in RecordsOf(PortBook.FileOf(paths), "ports", r => PublishedPort.Parse(r) is not null, r => PublishedPort.Parse(r)?.Owner, r => $"port {PublishedPort.Parse(r)!.Binding.HostSide}"))
        {
            yield return damage;
        }
    }

    private List<Damage> RecordsOf(string file, string book, Func<string, bool> isRecord, Func<string, Abstractions.Model.ContainerId?> ownerOf, Func<string, string> show)
    {
        using var records = RecordFile.OpenExisting(file);
        var found = new List<Damage>();
        foreach (var record in records?.Records ?? [])
        {
            if (record.Length > 0 && !isRecord(record))
            {
                found.Add(new Damage("lease", book, $"a record is damaged: {record}", "what it held is free again once it is removed") { Repair = () => Blank(file, record) });
            }
            else if (ownerOf(record) is { } owner && !Files.Exists(paths.RunDirectory(owner)))
            {
                found.Add(new Damage("lease", show(record), $"container {owner.Short}, which holds it, does not run", "it is taken back when it is needed")
                {
                    Repair = () => new NetworkCollector(paths).Collect([]).Count > 0 ? "taken back" : "taken back already",
                });
            }
        }

        return found;
    }

    private static string Blank(string file, string record)
    {
        using var records = RecordFile.OpenExisting(file);
        var place = records?.Records.ToList().IndexOf(record) ?? -1;
        if (place >= 0)
        {
            records!.Set(place, "");
        }

        return "removed";
    }

    private static IEnumerable<string> FilesIn(string directory) => Directory.Exists(directory) ? Directory.EnumerateFiles(directory).Order(StringComparer.Ordinal) : [];
}

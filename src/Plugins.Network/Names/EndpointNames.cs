using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;
using MiniDock.Plugins.Network.Records;

namespace MiniDock.Plugins.Network.Names;

/// <summary>
/// The names of the containers of one made network: a file of records, and from it a part of the hosts(5) of each of them. Whoever changes
/// the records writes the hosts files before it frees the lock, so that the last change is what they all hold.
/// </summary>
public sealed class EndpointNames(EnginePaths paths, string network)
{
    /// <summary>Makes a container known to all others, and all others to it. What it had of the same attachment is replaced.</summary>
    /// <param name="endpoints">Its names.</param>
    public void Add(IReadOnlyList<NamedEndpoint> endpoints)
    {
        using var file = RecordFile.Open(FileName);
        Free(file, e => IsOrphan(e) || endpoints.Any(n => n.Owner == e.Owner && n.Attachment == e.Attachment));
        foreach (var endpoint in endpoints)
        {
            file.Add(endpoint.Format());
        }

        WriteHosts(file);
    }

    /// <summary>Takes the names of an attachment away; nothing where it has none.</summary>
    public void Remove(ContainerId owner, int attachment)
    {
        using var file = RecordFile.OpenExisting(FileName);
        if (file is not null && Free(file, e => e.Owner == owner && e.Attachment == attachment).Count > 0)
        {
            WriteHosts(file, left: owner);
        }
    }

    /// <summary>Gives a container another name; its aliases stay.</summary>
    public void Rename(ContainerId owner, string name)
    {
        using var file = RecordFile.OpenExisting(FileName);
        for (var place = 0; place < (file?.Records.Count ?? 0); place++)
        {
            if (NamedEndpoint.Parse(file!.Records[place]) is { IsAlias: false } own && own.Owner == owner)
            {
                file.Set(place, (own with { Name = name }).Format());
                WriteHosts(file);
            }
        }
    }

    /// <summary>Writes the hosts files again, without the containers that are no more.</summary>
    /// <returns>Names of those.</returns>
    public IReadOnlyList<string> Refresh()
    {
        using var file = RecordFile.OpenExisting(FileName);
        if (file is null)
        {
            return [];
        }

        var ended = Free(file, IsOrphan);
        WriteHosts(file);
        return [.. ended.Select(e => e.Name)];
    }

    /// <summary>Ends with the network, when nobody is on it.</summary>
    public void End() => Files.TryUnlinkAt(null, FileName);

    private string FileName => Path.Combine(DirectoryOf(paths), network);

    internal static string DirectoryOf(EnginePaths paths) => Path.Combine(paths.RunNetworks, "names");

    private string HostsOf(ContainerId id) => Path.Combine(paths.RunDirectory(id), NameFilesHandler.Hosts);

    private bool IsOrphan(NamedEndpoint endpoint) => !Directory.Exists(paths.RunDirectory(endpoint.Owner));

    private void WriteHosts(RecordFile file, ContainerId? left = null)
    {
        var endpoints = file.Records.Select(NamedEndpoint.Parse).OfType<NamedEndpoint>().ToList();
        var lines = HostsBlock.Lines(endpoints);
        var members = endpoints.Select(e => e.Owner).ToHashSet();

        // A container of several networks has a part of each in its file: one writer at a time.
        using var turn = RecordFile.Open(Path.Combine(paths.RunNetworks, "hosts"));
        foreach (var member in members)
        {
            HostsBlock.Write(HostsOf(member), network, lines);
        }

        if (left is { } former && !members.Contains(former))
        {
            HostsBlock.Write(HostsOf(former), network, "");
        }
    }

    private static List<NamedEndpoint> Free(RecordFile file, Predicate<NamedEndpoint> which)
    {
        var freed = new List<NamedEndpoint>();
        for (var place = 0; place < file.Records.Count; place++)
        {
            if (NamedEndpoint.Parse(file.Records[place]) is { } endpoint && which(endpoint))
            {
                file.Set(place, "");
                freed.Add(endpoint);
            }
        }

        return freed;
    }
}

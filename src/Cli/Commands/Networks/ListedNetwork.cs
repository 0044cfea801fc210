using MiniDock.Abstractions;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Events;
using MiniDock.Plugins.Network.Definitions;

namespace MiniDock.Cli.Commands.Networks;

/// <summary>A network as lists show it: a made one, or one of docker's three that are always there.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Id">64 hexadecimal digits.</param>
/// <param name="Driver">Its provider.</param>
/// <param name="Definition">What it is; null for <c>host</c>, <c>none</c>, and a default network that was never used.</param>
internal sealed record ListedNetwork(string Name, string Id, string Driver, NetworkDefinition? Definition)
{
    private const int ShortLength = 12;
    private static readonly (string Name, string Driver)[] Always = [(NetworkNames.Default, "bridge"), ("host", "host"), ("none", "null")];

    /// <summary>Whether somebody made it.</summary>
    public bool IsMade => Definition is { IsMade: true };

    /// <summary>The first digits of the id.</summary>
    public string ShortId => Id[..ShortLength];

    /// <summary>All networks, by name.</summary>
    public static List<ListedNetwork> All(EnginePaths paths)
    {
        var made = new DefinitionStore(paths).List().Select(d => new ListedNetwork(d.Name, IdOf(paths, d.Name, d.Id), d.Driver, d)).ToList();
        var missing = Always.Where(a => !made.Exists(m => m.Name == a.Name)).Select(a => new ListedNetwork(a.Name, IdOf(paths, a.Name, null), a.Driver, null));
        return [.. made.Concat(missing).OrderBy(n => n.Name, StringComparer.Ordinal)];
    }

    /// <summary>The network of a name, an id or the beginning of one; null: there is none, or several.</summary>
    public static ListedNetwork? Resolve(EnginePaths paths, string nameOrId)
    {
        var all = All(paths);
        return all.Find(n => n.Name == nameOrId)
            ?? (nameOrId.Length > 0 && all.FindAll(n => n.Id.StartsWith(nameOrId, StringComparison.Ordinal)) is [var only] ? only : null);
    }

    /// <summary>The same, of networks with a bridge.</summary>
    /// <exception cref="EngineException">There is none.</exception>
    public static NetworkDefinition Find(EnginePaths paths, string nameOrId)
    {
        var found = Resolve(paths, nameOrId);
        return found?.Definition ?? throw (found is null
            ? new EngineException($"network {nameOrId}: ENOENT (no such network)", "minidock network ls lists the networks", exitCode: 1)
            : new EngineException($"network {found.Name}: EPERM (a network of the engine itself, without a bridge)", "networks that were made have one", exitCode: 1));
    }

    /// <summary>The id that its events carry.</summary>
    public static string IdOf(EnginePaths paths, string name, string? id) => id ?? NetworkEvents.IdOf(paths, name);
}

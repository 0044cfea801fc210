using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;
using MiniDock.Linux.Netlink;
using MiniDock.Plugins.Network.Addresses;

namespace MiniDock.Plugins.Network.Definitions;

/// <summary>The networks of a root: <c>networks/NAME.json</c> each. Files appear whole and are never changed in place.</summary>
public sealed class DefinitionStore(EnginePaths paths)
{
    private const string Extension = ".json";

    /// <summary>The definition of a network, or null where it has none.</summary>
    /// <exception cref="EngineException">Its file is damaged.</exception>
    public NetworkDefinition? Find(string name)
    {
        if (!ContainerName.IsValid(name))
        {
            return null;
        }

        byte[] json;
        try
        {
            json = File.ReadAllBytes(FileOf(name));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        try
        {
            return DefinitionFormat.Read(json, name, NetworkNames.Bridge(paths, name));
        }
        catch (FormatException e)
        {
            throw new EngineException($"read network {name}: {FileOf(name)}: {e.Message}", "mend the file or remove it", inner: e);
        }
    }

    /// <summary>All networks, by name.</summary>
    public IReadOnlyList<NetworkDefinition> List()
    {
        if (!Directory.Exists(paths.Networks))
        {
            return [];
        }

        return [.. Directory.EnumerateFiles(paths.Networks, "*" + Extension)
            .Select(f => Path.GetFileNameWithoutExtension(f))
            .Where(n => n[0] != '.')
            .Select(Find)
            .OfType<NetworkDefinition>()
            .OrderBy(d => d.Name, StringComparer.Ordinal)];
    }

    /// <summary>What a network would be that is made now and given nothing. Changes nothing.</summary>
    /// <exception cref="EngineException">No private subnet is free.</exception>
    /// <param name="name">Its name.</param>
    /// <param name="skip">How many candidates to pass over: two networks that are made at once shall not choose the same.</param>
    public NetworkDefinition Propose(string name, uint skip = 0)
    {
        using var socket = NetlinkSocket.Open(NetlinkProtocol.Route);
        var host = HostRoutes.Read(socket);
        var used = host.Destinations.Concat(List().Select(d => d.Subnet)).ToList();
        var device = NetworkNames.Bridge(paths, name);
        var subnet = SubnetPicker.Pick(used, SeedOf(paths.InstanceTag) + skip) ?? throw new EngineException(
            $"choose a subnet for network {name}: EADDRINUSE (routes of this host cover every private range)",
            $"write {FileOf(name)} with a \"subnet\" of your choice");
        return new NetworkDefinition(name, "bridge", subnet, subnet.First, device, host.MtuBytes);
    }

    /// <summary>Writes a definition unless the network has one.</summary>
    /// <returns>The definition that is on disk now: of two that are added at once, one wins.</returns>
    public NetworkDefinition Add(NetworkDefinition definition)
    {
        Files.CreateDirectories(paths.Networks, 0x1c0);
        var target = FileOf(definition.Name);
        var staging = Path.Combine(paths.Networks, $".{definition.Name}.{Guid.NewGuid():n}");
        File.WriteAllBytes(staging, DefinitionFormat.Write(definition));
        var errno = Files.TryRenameAt2(null, staging, null, target, RenameFlags.NoReplace);
        if (errno != Errno.Success)
        {
            File.Delete(staging);
            if (errno != Errno.EEXIST)
            {
                throw new LinuxException("add network", target, errno);
            }
        }

        return Find(definition.Name) ?? definition;
    }

    /// <summary>Removes a definition; nothing where there is none.</summary>
    public void Remove(string name)
    {
        var errno = Files.TryUnlinkAt(null, FileOf(name));
        if (errno is not (Errno.Success or Errno.ENOENT))
        {
            throw new LinuxException("remove network", FileOf(name), errno);
        }
    }

    /// <summary>Whether a network is made, without reading what it is.</summary>
    public bool Exists(string name) => ContainerName.IsValid(name) && Files.Exists(FileOf(name));

    private string FileOf(string name) => Path.Combine(paths.Networks, name + Extension);

    private static uint SeedOf(string tag) => tag.Length == 0 ? 0 : uint.Parse(tag, System.Globalization.NumberStyles.HexNumber, null);
}

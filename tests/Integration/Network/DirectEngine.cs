using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Plugins.Network;
using MiniDock.Plugins.Network.Bridge;
using MiniDock.Plugins.Network.Definitions;
using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Network;

/// <summary>
/// Plays the engine's part for network providers alone: plans an attachment, applies its host steps around a process that is nothing
/// but a network namespace, and undoes them from plan and container id. Takes away at its end what networks leave on the host.
/// </summary>
internal sealed class DirectEngine : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("minidock-net-").FullName;
    private readonly List<DirectContainer> _containers = [];

    public DirectEngine() => Paths = new EnginePaths(Path.Combine(_directory, "root"), Path.Combine(_directory, "run"));

    public EnginePaths Paths { get; }

    public BridgeNetworkProvider Bridge { get; } = new();

    public string Device => NetworkNames.Bridge(Paths, NetworkNames.Default);

    public string Table => NetworkNames.Table(Paths);

    /// <summary>Writes the definition of a network.</summary>
    public void Define(string name, string subnet, string? subnet6 = null)
    {
        Directory.CreateDirectory(Paths.Networks);
        File.WriteAllText(Path.Combine(Paths.Networks, name + ".json"), $$"""{ "subnet": "{{subnet}}"{{(subnet6 is null ? "" : $", \"subnet6\": \"{subnet6}\"")}} }""");
    }

    /// <summary>A container that is attached to nothing yet.</summary>
    public DirectContainer Container(string attachment = "bridge", params PortMapping[] ports)
    {
        var parts = attachment.Split(',');
        var head = parts[0].Split(':');
        var options = parts.Skip(1).Select(p => p.Split('=')).ToDictionary(p => p[0], p => p[1]);
        var spec = new ContainerSpec
        {
            Id = ContainerId.New(),
            Name = $"c{_containers.Count}",
            Created = DateTimeOffset.UnixEpoch,
            Image = new ImageSelection("none", Digest.FromHash(new byte[32]), []),
            Process = new ProcessSpec { Arguments = ["true"] },
            Networks = [new AttachmentSpec(head[0], head.Length > 1 ? head[1] : null, options)],
            Ports = ports,
        };
        var container = new DirectContainer(this, spec);
        lock (_containers)
        {
            _containers.Add(container);
        }

        return container;
    }

    /// <summary>A container that is attached.</summary>
    public DirectContainer Attached(string attachment = "bridge", params PortMapping[] ports)
    {
        var container = Container(attachment, ports);
        container.Attach();
        return container;
    }

    public void Dispose()
    {
        foreach (var container in _containers)
        {
            container.Dispose();
        }

        var devices = new DefinitionStore(Paths).List().Select(d => d.Device).Append(Device).Distinct();
        foreach (var device in devices)
        {
            HostCommand.Run("ip", "link", "delete", device);
        }

        HostCommand.Run("nft", "delete", "table", "inet", Table);
        Directory.Delete(_directory, recursive: true);
        Eventually.True(() => HostCommand.Run("ip", "-o", "link").Stdout.Contains("mdv", StringComparison.Ordinal) == false, "the veth pairs end");
    }
}

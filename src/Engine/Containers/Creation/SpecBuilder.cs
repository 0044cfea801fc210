using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Engine.Containers.Creation;

/// <summary>Makes a container of flags, its image and the host: pure but for what <see cref="ICreationSources"/> looks up, and it names all
/// mistakes at once.</summary>
public sealed class SpecBuilder(ICreationSources sources)
{
    /// <summary>Builds the container.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="created">The time.</param>
    /// <param name="flags">What was typed.</param>
    /// <param name="image">What the image says.</param>
    /// <param name="host">The host.</param>
    public CreationResult Build(ContainerId id, DateTimeOffset created, RunFlags flags, ImageDefaults image, HostFacts host)
    {
        var findings = new Findings();
        foreach (var flag in flags.Unsupported)
        {
            findings.Problems.Add(new Problem($"{flag}: ENOTSUP (not supported yet)"));
        }

        var name = flags.Name ?? flags.FallbackName ?? RandomName.Next();
        if (!ContainerName.IsValid(name))
        {
            findings.Invalid("--name", name, "not a name", $"a name is {ContainerName.Rule}");
        }

        var namespaces = new NamespaceReader(sources, findings);
        var asked = namespaces.Read(flags, host);
        var networks = new NetworkReader(sources, findings).Read(flags, namespaces.Network);
        var dns = new DnsReader(findings);
        var hostname = Hostname(flags, dns, asked, networks, host, findings);
        var maps = new IdMapReader(findings).Read(flags, asked.Any(n => n is { Type: NamespaceType.User, Mode: NamespaceMode.Private }));
        var mounts = new MountReader(sources, findings);
        var ports = new PortReader(findings);
        var exposed = ports.Exposed(flags, image);
        var published = ports.Published(flags, exposed);
        var labels = new LabelReader(sources, findings);
        var process = new ProcessReader(findings);
        var devices = new DeviceReader(findings);
        var life = new LifeReader(findings);
        var spec = new ContainerSpec
        {
            Id = id,
            Name = name,
            Created = created,
            Image = image.Selection,
            Process = process.Read(flags, image, host) with
            {
                Environment = new EnvironmentReader(sources, findings).Read(flags, image, hostname ?? (IsOwn(asked, NamespaceType.Uts) ? id.Short : host.HostName)),
            },
            Hostname = hostname,
            DomainName = dns.Name("--domainname", flags.DomainName),
            ReadOnlyRoot = flags.ReadOnly,
            AutoRemove = flags.Remove,
            Detached = flags.Detach,
            OpenStdin = flags.Interactive,
            Restart = life.Restart(flags),
            Log = life.Log(flags),
            Hooks = life.Hooks(flags),
            SdNotify = life.SdNotify(flags),
            CreateCommand = flags.CreateCommand,
            Healthcheck = new HealthReader(findings).Read(flags, image),
            Mounts = mounts.Read(flags, image),
            ShmSizeBytes = mounts.ShmSize(flags),
            Namespaces = asked,
            UidMap = maps.Uid,
            GidMap = maps.Gid,
            WritesIdMaps = maps.Writes,
            Resources = new LimitsReader(findings).Read(flags, host, devices.Rules(flags.DeviceRules)),
            CgroupDriver = flags.CgroupDriver ?? "auto",
            CgroupParent = CgroupParent(flags, findings),
            StorageDriver = flags.StorageDriver ?? "auto",
            Networks = networks,
            Ports = networks.Any(n => n.Provider is "none" or "host") ? [] : published,
            ExposedPorts = exposed,
            Dns = dns.Read(flags),
            Security = new SecurityReader(sources, findings).Read(flags),
            Devices = devices.Devices(flags.Devices),
            Sysctls = new SysctlReader(findings).Read(
                flags.Sysctls, type => type == NamespaceType.Network ? networks.All(n => n.Provider is not ("host" or "container" or "ns")) : IsOwn(asked, type)),
            Labels = labels.Labels(flags, image),
            Annotations = labels.Annotations(flags),
            StopSignal = process.StopSignal(flags, image),
            StopTimeoutSeconds = process.StopTimeout(flags),
        };
        return new CreationResult(findings.Problems.Count == 0 ? spec : null, findings.Problems, findings.Warnings);
    }

    private static bool IsOwn(IReadOnlyList<NamespaceSpec> asked, NamespaceType type) => !asked.Any(n => n.Type == type && n.Mode != NamespaceMode.Private);

    // With the host's network a container also carries the host's name, unless it is given one.
    private static string? Hostname(
        RunFlags flags, DnsReader dns, IReadOnlyList<NamespaceSpec> asked, IReadOnlyList<AttachmentSpec> networks, HostFacts host, Findings findings)
    {
        var name = dns.Name("--hostname", flags.Hostname);
        if (IsOwn(asked, NamespaceType.Uts))
        {
            return name ?? (networks.Any(n => n.Provider == "host") ? host.HostName : null);
        }

        if (name is not null)
        {
            findings.Conflict("--hostname", "a uts namespace that is not the container's own", "the name would change for all who share it");
        }

        return null;
    }

    private static string? CgroupParent(RunFlags flags, Findings findings)
    {
        if (flags.CgroupParent is not { Length: > 0 } parent)
        {
            return null;
        }

        if (parent.Any(char.IsControl) || parent.Split('/').Any(p => p is ".." or "."))
        {
            findings.Invalid("--cgroup-parent", parent, "not the path of a cgroup");
        }

        return parent;
    }
}

using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Containers.Creation;

/// <summary>Reads <c>--net SPEC</c> and the flags that speak of the first attachment.</summary>
internal sealed class NetworkReader(ICreationSources sources, Findings findings)
{
    private const string Alias = "alias";
    private static readonly string[] Alone = ["none", "host", "container"];
    // No network can be made under these names: whoever asks for them pays for no look at the made ones.
    private static readonly string[] BuiltIn = ["bridge", .. Alone];

    /// <summary>The attachments; the bridge where nothing was asked.</summary>
    /// <param name="flags">The flags.</param>
    /// <param name="fromNamespaceFlag">What <c>--ns net=…</c> said, or null.</param>
    public IReadOnlyList<AttachmentSpec> Read(RunFlags flags, string? fromNamespaceFlag)
    {
        if (fromNamespaceFlag is not null && flags.Networks.Count > 0)
        {
            findings.Conflict("--net", "--ns net=");
        }

        IReadOnlyList<string> texts = flags.Networks.Count > 0 ? flags.Networks : [fromNamespaceFlag ?? "bridge"];
        var attachments = texts.Select(Parse).OfType<AttachmentSpec>().ToList();
        if (attachments.Count > 1 && attachments.Find(a => Array.IndexOf(Alone, a.Provider) >= 0 || a.Provider == "ns") is { } alone)
        {
            findings.Conflict($"--net {alone}", "another --net", "none, host, container: and ns: each stand alone");
        }

        AddShortForms(flags, attachments);
        CheckPorts(flags, attachments);
        return attachments;
    }

    private AttachmentSpec? Parse(string text)
    {
        if (text.Length == 0 || text.Any(char.IsControl))
        {
            findings.Invalid("--net", text, "it is PROVIDER[:INSTANCE][,key=value…]");
            return null;
        }

        var parts = text.Split(',');
        var colon = parts[0].IndexOf(':');
        var provider = colon < 0 ? parts[0] : parts[0][..colon];
        var instance = colon < 0 ? null : parts[0][(colon + 1)..];
        if (provider == "default")
        {
            provider = "bridge";
        }

        var options = new Dictionary<string, string>();
        foreach (var part in parts.AsSpan(1))
        {
            var equals = part.IndexOf('=');
            if (equals > 0 && part[..equals] == Alias && options.TryGetValue(Alias, out var aliases))
            {
                options[Alias] = $"{aliases} {part[(equals + 1)..]}";
            }
            else if (equals <= 0 || !options.TryAdd(part[..equals], part[(equals + 1)..]))
            {
                findings.Invalid("--net", text, equals <= 0 ? $"\"{part}\" is not key=value" : $"{part[..equals]} is given twice");
                return null;
            }
        }

        if (!ContainerName.IsValid(provider) || instance is { Length: 0 })
        {
            findings.Invalid("--net", text, "it is PROVIDER[:INSTANCE][,key=value…]", "such as bridge, none, host, container:NAME or bridge,ip=10.88.0.9");
            return null;
        }

        if (instance is null && Array.IndexOf(BuiltIn, provider) < 0 && sources.DriverOfNetwork(provider) is { } driver)
        {
            return new AttachmentSpec(driver, provider, options);
        }

        return provider == "container" ? OfContainer(text, instance, options) : new AttachmentSpec(provider, instance, options);
    }

    private AttachmentSpec? OfContainer(string text, string? name, Dictionary<string, string> options)
    {
        if (name is not null && sources.FindContainer(name) is { } id)
        {
            return new AttachmentSpec("container", id.Value, options);
        }

        findings.Invalid("--net", text, name is null ? "it is container:NAME" : "no such container", "minidock ps -a lists the containers");
        return null;
    }

    private void AddShortForms(RunFlags flags, List<AttachmentSpec> attachments)
    {
        var aliases = flags.NetworkAliases.Count == 0 ? null : string.Join(' ', flags.NetworkAliases);
        foreach (var (flag, key, value) in new[] { ("--ip", "ip", flags.Ip), ("--ip6", "ip6", flags.Ip6), ("--mac-address", "mac", flags.MacAddress), ("--network-alias", Alias, aliases) })
        {
            if (value is null || attachments.Count == 0)
            {
                continue;
            }

            if (Array.IndexOf(Alone, attachments[0].Provider) >= 0)
            {
                findings.Conflict(flag, $"--net {attachments[0].Provider}");
            }
            else if (key == Alias && attachments[0].Options.ContainsKey(Alias))
            {
                findings.Conflict(flag, $"--net {attachments[0]}", "give all aliases of a network in one way");
            }
            else
            {
                attachments[0] = attachments[0] with { Options = new Dictionary<string, string>(attachments[0].Options) { [key] = value } };
            }
        }
    }

    private void CheckPorts(RunFlags flags, List<AttachmentSpec> attachments)
    {
        if (attachments.Count == 0 || Array.IndexOf(Alone, attachments[0].Provider) < 0)
        {
            return;
        }

        var provider = attachments[0].Provider;
        if (provider == "container" && flags.Publish.Count > 0)
        {
            findings.Conflict("--publish", "--net container:", "publish the ports of the container that owns the network");
        }
        else if (provider == "container" && flags.Hostname is not null)
        {
            findings.Conflict("--hostname", "--net container:");
        }
        else if (flags.Publish.Count > 0)
        {
            findings.Warnings.Add($"published ports are discarded with --net {provider}");
        }
    }
}

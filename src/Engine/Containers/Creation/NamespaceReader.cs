using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Engine.Containers.Creation;

/// <summary>Reads <c>--ns TYPE=…</c> and docker's <c>--pid --ipc --uts --userns --cgroupns</c>. <c>--ns net=…</c> becomes a network attachment.</summary>
internal sealed class NamespaceReader(ICreationSources sources, Findings findings)
{
    private readonly Dictionary<NamespaceType, (string Flag, NamespaceSpec Spec)> _asked = [];

    /// <summary>What <c>--ns net=…</c> came to, as a <c>--net</c> value, or null.</summary>
    public string? Network { get; private set; }

    /// <summary>The namespaces that are not simply private ones.</summary>
    public IReadOnlyList<NamespaceSpec> Read(RunFlags flags, HostFacts host)
    {
        Take("--pid", NamespaceType.Pid, flags.Pid);
        Take("--ipc", NamespaceType.Ipc, flags.Ipc == "shareable" ? "private" : flags.Ipc);
        Take("--uts", NamespaceType.Uts, flags.Uts);
        Take("--userns", NamespaceType.User, flags.UserNamespace);
        Take("--cgroupns", NamespaceType.Cgroup, flags.CgroupNamespace);
        foreach (var text in flags.Namespaces)
        {
            var equals = text.IndexOf('=');
            if (equals <= 0 || NamespaceText.TypeOf(text[..equals]) is not { } type)
            {
                findings.Invalid("--ns", text, "it is TYPE=MODE", $"the types are {NamespaceText.Names}; the modes private, host, container:NAME, or the path of a namespace file");
                continue;
            }

            Take($"--ns {text[..(equals + 1)]}", type, text[(equals + 1)..]);
        }

        if (flags.UidMaps.Count + flags.GidMaps.Count > 0)
        {
            TakeUserNamespaceOfMaps();
        }

        foreach (var (flag, spec) in _asked.Values)
        {
            if (spec.Mode == NamespaceMode.Private && !host.Namespaces.Contains(NamespaceText.NameOf(spec.Type)))
            {
                findings.Invalid(flag, "private", "this kernel has no such namespaces");
            }
        }

        return [.. _asked.Values.Select(a => a.Spec).Where(s => s.Mode != NamespaceMode.Private || s.Type is NamespaceType.User or NamespaceType.Time)];
    }

    private void TakeUserNamespaceOfMaps()
    {
        if (_asked.TryGetValue(NamespaceType.User, out var user) && user.Spec.Mode != NamespaceMode.Private)
        {
            findings.Conflict("--uidmap", $"{user.Flag} {user.Spec.Mode.ToString().ToLowerInvariant()}", "id maps are written to a new user namespace only");
            return;
        }

        _asked[NamespaceType.User] = ("--uidmap", new NamespaceSpec(NamespaceType.User, NamespaceMode.Private));
    }

    private void Take(string flag, NamespaceType type, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return;
        }

        if (type == NamespaceType.Network)
        {
            // A private one is what every network attachment makes anyway.
            Network = value == "private" ? null
                : value == "host" || value.StartsWith("container:", StringComparison.Ordinal) ? value
                : $"ns:{sources.FindPinnedNamespace(value) ?? value}";
            return;
        }

        var spec = Parse(flag, type, value);
        if (spec is null)
        {
            return;
        }

        if (type == NamespaceType.Mount && spec.Mode != NamespaceMode.Private)
        {
            findings.NotYet(flag, value, "a container always has a mount namespace of its own");
        }
        else if (_asked.TryGetValue(type, out var before) && before.Spec != spec)
        {
            findings.Conflict($"{before.Flag} and {flag}", value);
        }
        else
        {
            _asked[type] = (flag, spec);
        }
    }

    private NamespaceSpec? Parse(string flag, NamespaceType type, string value)
    {
        const string container = "container:";
        switch (value)
        {
            case "private":
                return new NamespaceSpec(type, NamespaceMode.Private);
            case "host":
                return new NamespaceSpec(type, NamespaceMode.Host);
            case ['/', ..]:
                return new NamespaceSpec(type, NamespaceMode.Path, value);
        }

        if (!value.StartsWith(container, StringComparison.Ordinal))
        {
            if (flag.StartsWith("--ns", StringComparison.Ordinal))
            {
                if (sources.FindPinnedNamespace(value) is { } path)
                {
                    return new NamespaceSpec(type, NamespaceMode.Path, path);
                }

                findings.Invalid(flag, value, "no such mode, and no namespace is pinned under this name", "minidock ns ls lists the pinned ones; a namespace file can be named by its absolute path");
            }
            else
            {
                findings.Invalid(flag, value, "no such mode", "the modes are private, host and container:NAME");
            }

            return null;
        }

        if (sources.FindContainer(value[container.Length..]) is { } id)
        {
            return new NamespaceSpec(type, NamespaceMode.Container, id.Value);
        }

        findings.Invalid(flag, value, "no such container", "minidock ps -a lists the containers");
        return null;
    }
}

using System.Text.Json;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plugins;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Engine.Plugins.Hooks;

/// <summary>What several hooks add to one container. Where two of them disagree, or one with the user's mounts, there is no container.</summary>
internal sealed class HookAdjustments(ContainerSpec spec)
{
    private readonly Dictionary<string, (string Value, string Plugin)> _given = new(StringComparer.Ordinal);
    private readonly List<Problem> _problems = [];
    private readonly List<MountSpec> _mounts = [.. spec.Mounts];
    private readonly List<DeviceSpec> _devices = [.. spec.Devices];
    private readonly Dictionary<string, string> _labels = new(spec.Labels);
    private readonly List<string> _environment = [.. spec.Process.Environment];

    /// <summary>Takes what one plugin adds.</summary>
    public void Add(InstalledPlugin plugin, PluginReply reply)
    {
        HookAdjustment? adjustment;
        try
        {
            adjustment = reply.Result is { } json ? JsonSerializer.Deserialize(json, PluginJson.Default.HookResult)?.Adjust : null;
        }
        catch (JsonException e)
        {
            throw new EngineException($"plugin {plugin.Name} hook.precreate: EPROTO (its result is not one: {PluginFailures.Shown(e.Message)})", "docs/plugins.md tells what it holds");
        }

        foreach (var (name, value) in adjustment?.Env ?? new Dictionary<string, string>())
        {
            if (IsNew(plugin, $"variable {name}", value, IsPlain(name) && !name.Contains('=') && !value.Contains('\0')))
            {
                _environment.RemoveAll(e => e.StartsWith(name + "=", StringComparison.Ordinal));
                _environment.Add($"{name}={value}");
            }
        }

        foreach (var (name, value) in adjustment?.Labels ?? new Dictionary<string, string>())
        {
            if (IsNew(plugin, $"label {name}", value, IsPlain(name)))
            {
                _labels[name] = value;
            }
        }

        foreach (var device in adjustment?.Devices ?? [])
        {
            if (IsNew(plugin, $"device {device}", device, device.StartsWith("/dev/", StringComparison.Ordinal) && IsPlain(device)))
            {
                _devices.Add(new DeviceSpec(device, device));
            }
        }

        foreach (var mount in adjustment?.Mounts ?? [])
        {
            AddMount(plugin, mount);
        }
    }

    /// <summary>The container with all of it.</summary>
    /// <exception cref="EngineException">They disagree; all reasons are told.</exception>
    public ContainerSpec Applied() => _problems.Count > 0
        ? throw EngineException.Of(_problems)
        : spec with { Mounts = _mounts, Devices = _devices, Labels = _labels, Process = spec.Process with { Environment = _environment } };

    private void AddMount(InstalledPlugin plugin, HookMount mount)
    {
        var what = $"mount at {mount.Target}";
        var isGood = Path.IsPathRooted(mount.Source) && IsPlain(mount.Source) && IsPlain(mount.Target) && Creation(mount.Target);
        if (!IsNew(plugin, what, $"{mount.Source} {mount.ReadOnly}", isGood))
        {
            return;
        }

        if (_mounts.Exists(m => m.Target == mount.Target))
        {
            _problems.Add(new Problem($"plugin {plugin.Name} hook.precreate: EEXIST ({what}: the container has one there)", "leave out the mount, or the hook"));
            return;
        }

        _mounts.Add(new MountSpec { Type = "bind", Source = mount.Source, Target = mount.Target, ReadOnly = mount.ReadOnly });
    }

    private static bool Creation(string target) => Containers.Creation.ContainerPath.ComplaintOfTarget(target) is null;

    // What two plugins say alike is said once.
    private bool IsNew(InstalledPlugin plugin, string what, string value, bool isGood)
    {
        if (!isGood)
        {
            _problems.Add(new Problem($"plugin {plugin.Name} hook.precreate: EPROTO ({PluginFailures.Shown(what)} cannot be)"));
            return false;
        }

        if (_given.TryGetValue(what, out var before))
        {
            if (before.Value != value)
            {
                _problems.Add(new Problem($"hooks {before.Plugin} and {plugin.Name}: EEXIST ({what}: they disagree)", "leave one of them out"));
            }

            return false;
        }

        _given[what] = (value, plugin.Name);
        return true;
    }

    private static bool IsPlain(string text) => text.Length > 0 && !text.Any(char.IsControl);
}

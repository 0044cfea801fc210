using MiniDock.Abstractions;
using MiniDock.Linux;

namespace MiniDock.Engine.Run.Child;

/// <summary>Mount flags and options by name, mount(8).</summary>
internal static class MountOptions
{
    private static readonly (string Name, MountAttributes Attribute, MountFlags Flag)[] Known =
    [
        ("ro", MountAttributes.ReadOnly, MountFlags.ReadOnly),
        ("nosuid", MountAttributes.NoSuid, MountFlags.NoSuid),
        ("nodev", MountAttributes.NoDev, MountFlags.NoDev),
        ("noexec", MountAttributes.NoExec, MountFlags.NoExec),
        ("noatime", MountAttributes.NoAtime, MountFlags.NoAtime),
        ("nodiratime", MountAttributes.NoDirAtime, MountFlags.NoDirAtime),
        ("strictatime", MountAttributes.StrictAtime, MountFlags.StrictAtime),
        ("nosymfollow", MountAttributes.NoSymFollow, MountFlags.NoSymFollow),
        ("rw", MountAttributes.None, MountFlags.None),
        ("suid", MountAttributes.None, MountFlags.None),
        ("dev", MountAttributes.None, MountFlags.None),
        ("exec", MountAttributes.None, MountFlags.None),
        ("relatime", MountAttributes.None, MountFlags.RelAtime),
    ];

    /// <summary>Flags for the calls that take a descriptor.</summary>
    public static MountAttributes Attributes(string? names)
    {
        var attributes = MountAttributes.None;
        foreach (var name in Split(names))
        {
            attributes |= Find(name).Attribute;
        }

        return attributes;
    }

    /// <summary>Flags for mount(2).</summary>
    public static MountFlags Flags(string? names)
    {
        var flags = MountFlags.None;
        foreach (var name in Split(names))
        {
            flags |= Find(name).Flag;
        }

        return flags;
    }

    /// <summary>A file system's own options, one by one.</summary>
    public static IEnumerable<(string Key, string? Value)> Parse(string? data)
    {
        foreach (var option in Split(data))
        {
            var equals = option.IndexOf('=');
            yield return equals < 0 ? (option, null) : (option[..equals], option[(equals + 1)..]);
        }
    }

    private static string[] Split(string? text) => text?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static (string Name, MountAttributes Attribute, MountFlags Flag) Find(string name)
    {
        foreach (var known in Known)
        {
            if (known.Name == name)
            {
                return known;
            }
        }

        throw new EngineException($"mount flag {name}: unknown", $"known flags: {string.Join(' ', Known.Select(k => k.Name))}");
    }
}

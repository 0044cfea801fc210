using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Plugins.Cgroups;

/// <summary>Where a container's group lies below the root of a hierarchy as it is mounted: <c>PARENT/ID</c>.</summary>
/// <remarks>
/// The parent is <c>minidock</c> (<c>minidock-TAG</c> for a root other than the default one), or <c>--cgroup-parent</c>, with or
/// without a leading slash. Like docker's with the cgroupfs driver, it lies below the root of the hierarchy, not below the group of
/// the caller's shell: containers of two shells that name one parent share its limits.
/// </remarks>
internal static class GroupPath
{
    private const int MaximumNameLength = 255;

    /// <summary>The path without a leading slash.</summary>
    public static string Of(ContainerSpec spec, EnginePaths paths) => $"{Parent(spec, paths)}/{spec.Id.Value}";

    /// <summary>The parent's path without slashes around it.</summary>
    public static string Parent(ContainerSpec spec, EnginePaths paths)
    {
        if (spec.CgroupParent?.Trim('/') is { Length: > 0 } parent)
        {
            return parent;
        }

        return paths.InstanceTag.Length == 0 ? "minidock" : "minidock-" + paths.InstanceTag;
    }

    /// <summary>What is wrong with a parent that the user gave.</summary>
    public static Problem? Validate(string? parent)
    {
        if (parent is null)
        {
            return null;
        }

        const string Hint = "give names separated by slashes, such as --cgroup-parent cogsi";
        var trimmed = parent.Trim('/');
        if (trimmed.Length == 0 || trimmed.AsSpan().ContainsAnyInRange('\0', '\x1f') || trimmed.Contains('\\'))
        {
            return new Problem($"cgroup parent '{Printable(parent)}': EINVAL (not a path of a group)", Hint);
        }

        foreach (var name in trimmed.Split('/'))
        {
            if (name is "" or "." or ".." || name.Length > MaximumNameLength)
            {
                return new Problem($"cgroup parent '{parent}': EINVAL ('{name}' is not a name of a group)", Hint);
            }

            // The kernel would take "memory.x" or "cgroup.x" for a directory and then fail to make the controller's file of that name.
            if (name.StartsWith("cgroup.", StringComparison.Ordinal) || name is "tasks" or "notify_on_release" or "release_agent")
            {
                return new Problem($"cgroup parent '{parent}': EINVAL ('{name}' is a name of the kernel's own files)", Hint);
            }
        }

        return null;
    }

    private static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
}

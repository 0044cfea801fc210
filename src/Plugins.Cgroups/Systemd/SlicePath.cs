using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Plugins.Cgroups.Systemd;

/// <summary>Names of slices and scopes, systemd.slice(5): <c>a-b.slice</c> lies in <c>a.slice</c>.</summary>
internal static class SlicePath
{
    private const string Suffix = ".slice";

    /// <summary>The slice of a container, which holds its scope and nothing else, in <c>minidock.slice</c> or in the one that <c>--cgroup-parent</c> names.</summary>
    /// <remarks>systemd removes a scope with its last process, and what the kernel counted in it; the slice stays until it is stopped, and has counted it too.</remarks>
    public static string SliceOf(CgroupRequest request)
    {
        var parent = request.Spec.CgroupParent ?? (request.Paths.InstanceTag.Length == 0 ? "minidock.slice" : $"minidock-{request.Paths.InstanceTag}.slice");
        return $"{parent[..^Suffix.Length]}-{request.Spec.Id.Value}{Suffix}";
    }

    /// <summary>The container's scope.</summary>
    public static string ScopeOf(ContainerId id) => $"minidock-{id.Value}.scope";

    /// <summary>Path of the scope below the root of the hierarchy.</summary>
    public static string Of(CgroupRequest request) => $"{Expand(SliceOf(request))}/{ScopeOf(request.Spec.Id)}";

    /// <summary>Path of a slice: <c>a.slice/a-b.slice</c>.</summary>
    public static string Expand(string slice)
    {
        var parts = slice[..^Suffix.Length].Split('-');
        return string.Join('/', Enumerable.Range(1, parts.Length).Select(n => string.Join('-', parts.Take(n)) + Suffix));
    }

    /// <summary>What is wrong with a parent that the user gave.</summary>
    public static Problem? Validate(string? parent) =>
        parent is null || (parent.EndsWith(Suffix, StringComparison.Ordinal) && parent.Length is > 6 and <= 255
            && parent[..^Suffix.Length].Split('-').All(p => p.Length > 0 && p.All(c => char.IsAsciiLetterOrDigit(c) || c is ':' or '_' or '.' or '\\')))
            ? null
            : new Problem($"cgroup parent '{parent}': EINVAL (with systemd it is the name of a slice)", "such as --cgroup-parent cogsi.slice");
}

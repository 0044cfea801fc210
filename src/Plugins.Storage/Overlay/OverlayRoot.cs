using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;
using MiniDock.Plugins.Storage.Layers;

namespace MiniDock.Plugins.Storage.Overlay;

/// <summary>The writable root of a container: an overlay of its layers below a directory of its own.</summary>
internal static class OverlayRoot
{
    // mount(2) takes one page of options.
    private const int MaxOptionBytes = 4095;

    public static string Upper(RootRequest request) => request.Paths.WritableLayer(request.Spec.Id);

    public static string Work(RootRequest request) => Path.Combine(request.Paths.StateDirectory(request.Spec.Id), "work");

    /// <summary>An empty directory: an overlay that is only read takes two layers at least.</summary>
    public static string Nothing(RootRequest request) => Path.Combine(request.Paths.RunDirectory(request.Spec.Id), "nothing");

    public static string LayerMountPoint(RootRequest request, int index) =>
        Path.Combine(request.Paths.RunDirectory(request.Spec.Id), "layers", FormattableString.Invariant($"{index}"));

    /// <summary>Names what is missing for a root of these layers.</summary>
    public static IEnumerable<Problem> Validate(RootRequest request)
    {
        if (!request.Host.FileSystems.Contains("overlay") && !CanLoadOverlay())
        {
            yield return new Problem("root file system: ENODEV (the kernel has no overlay)", "load the module: modprobe overlay");
        }

        foreach (var root in (string[])[request.Paths.Root, request.Paths.RunRoot])
        {
            if (root.AsSpan().ContainsAny(":,\\\""))
            {
                yield return new Problem($"root file system {root}: EINVAL (overlay cannot take a path with : , \\ or \")", "choose another directory with --root and --run-root");
            }
        }

        foreach (var diffId in request.Spec.Image.DiffIds)
        {
            if (!Files.Exists(request.Paths.LayerFile(diffId)))
            {
                yield return new Problem($"image {request.Spec.Image.Reference}: layer {diffId.Short} is missing", "import the image again");
            }
        }

        var layers = request.Spec.Image.DiffIds.Count;
        if (Options(request, [.. Enumerable.Range(0, layers).Select(i => LayerMountPoint(request, i))]).Length > MaxOptionBytes)
        {
            yield return new Problem($"image {request.Spec.Image.Reference}: {layers} layers are more than overlay takes at once", "choose a shorter --run-root");
        }
    }

    /// <summary>Mounts the overlay at the container's root.</summary>
    /// <param name="request">The root.</param>
    /// <param name="layers">Directories of the layers, lowest first.</param>
    public static PlanStep MountStep(RootRequest request, IReadOnlyList<string> layers)
    {
        var options = Options(request, layers);
        var target = request.Paths.RootFileSystem(request.Spec.Id);
        return new PlanStep
        {
            Id = "root.overlay",
            Phase = PlanPhase.Child,
            Kind = ChildStepKinds.Mount,
            Arguments = StepValues.Of(("source", "overlay"), ("target", target), ("type", "overlay"), ("data", options), ("in", "host")),
            Why = request.Access != RootAccess.ReadWrite ? "the layers as one, to be read"
                : request.Spec.AutoRemove ? "a writable root over the layers; nothing of it is synced, for --rm removes it"
                : "a writable root over the layers",
            ManPage = "overlayfs.rst",
            Shell = $"mount -t overlay overlay -o {options} {target}",
        };
    }

    private static string Options(RootRequest request, IReadOnlyList<string> layers)
    {
        // Overlay wants the highest first.
        var lower = string.Join(':', layers.Reverse());
        if (request.Access != RootAccess.ReadWrite)
        {
            // What the container has written is one more layer: a second mount must not write to it.
            return $"lowerdir={(request.Access == RootAccess.ReadOnly ? Upper(request) : Nothing(request))}:{lower}";
        }

        var isVolatile = request.Spec.AutoRemove ? ",volatile" : "";
        return $"lowerdir={lower},upperdir={Upper(request)},workdir={Work(request)}{isVolatile}";
    }

    // As a module it shows up in /proc/filesystems only once it is loaded.
    private static bool CanLoadOverlay()
    {
        try
        {
            using var context = Mounts.FsOpen("overlay");
            return true;
        }
        catch (LinuxException)
        {
            return false;
        }
    }
}

using System.Globalization;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Plugins.Storage.FileSystems;

namespace MiniDock.Plugins.Storage.Ramdisk;

/// <summary>A block device in memory with a file system, the container's alone: <c>--ramdisk</c> and <c>--mount type=ramdisk</c>.</summary>
/// <remarks>Its memory is the host's, taken as it is written to: its size bounds it, the container's memory limit does not.</remarks>
public sealed class RamdiskMountProvider : IMountProvider
{
    /// <inheritdoc/>
    public string Name => "ramdisk";

    /// <inheritdoc/>
    public IEnumerable<IStepHandler> Handlers => [new RamdiskHandler()];

    /// <inheritdoc/>
    public IEnumerable<Problem> Validate(MountRequest request)
    {
        var (target, options) = (request.Mount.Target, request.Mount.Options);
        var what = $"RAM disk {target}";
        var (size, type, backend) = (Size(options), options["fs"], options["backend"]);
        if (type == "none")
        {
            yield return new Problem($"{what}: ENOTSUP (fs=none is not supported yet)", $"the file systems are {string.Join(", ", FileSystemMaker.Known)}");
            yield break;
        }

        if (size > request.Host.MemoryBytes)
        {
            yield return new Problem($"{what}: ENOMEM (larger than the host's memory)", "choose a smaller size=");
        }

        if (backend != "tmpfs" && FileSystemMaker.Complaint(what, type, size) is { } complaint)
        {
            yield return complaint;
        }

        if (backend == "brd" && !BlockRam.IsThere)
        {
            yield return new Problem($"{what}: ENODEV (the kernel has no brd)", $"load the module: modprobe brd rd_size={Math.Max(size >> 10, 1)}; or take backend=loop");
        }
    }

    /// <inheritdoc/>
    public IEnumerable<PlanStep> Plan(MountRequest request)
    {
        var mount = request.Mount;
        var (size, type) = (mount.Options["size"], mount.Options["fs"]);
        var backend = mount.Options["backend"] switch
        {
            "auto" => BlockRam.CanGiveBack(Size(mount.Options)) ? "brd" : "loop",
            var named => named,
        };
        var id = $"mount.{request.Index}.ramdisk";
        yield return new PlanStep
        {
            Id = id,
            Phase = PlanPhase.HostBefore,
            Kind = RamdiskHandler.StepKind,
            Arguments = StepValues.Of(("backend", backend), ("size", size), ("fs", type)),
            Why = backend switch
            {
                "brd" => "a disk of the kernel's own in memory, given back at the end",
                "loop" => "a disk in memory: a loop device over a file without a name, which the kernel frees with its last user",
                _ => "memory as a file system, without a disk",
            },
            ManPage = backend == "brd" ? "ramdisk.rst" : backend == "loop" ? "loop(4)" : "tmpfs(5)",
            Shell = backend switch
            {
                "brd" => $"mkfs.{type} /dev/ram0",
                "loop" => $"truncate -s {size} /dev/shm/disk; mkfs.{type} $(losetup -f --show /dev/shm/disk)",
                _ => $"mount -t tmpfs -o size={size} tmpfs $ROOT{mount.Target}",
            },
        };
        var flags = string.Join(',', mount.ReadOnly ? [.. mount.Flags, "ro"] : mount.Flags);
        yield return new PlanStep
        {
            Id = $"mount.{request.Index}.attach",
            Phase = PlanPhase.Child,
            Kind = ChildStepKinds.AttachKept,
            Requires = [id],
            Arguments = StepValues.Of(
                ("kept", id), ("target", mount.Target), ("in", "root"), ("create", "dir"), ("flags", flags.Length == 0 ? null : flags), ("idmap", "true")),
            Why = $"the RAM disk at {mount.Target}; no other process sees it",
            ManPage = "fsmount(2)",
            Shell = backend == "tmpfs" ? null : $"mount {(flags.Length == 0 ? "" : $"-o {flags} ")}$DISK $ROOT{mount.Target}",
        };
    }

    private static long Size(IReadOnlyDictionary<string, string> options) => long.Parse(options["size"], CultureInfo.InvariantCulture);
}

using System.Globalization;
using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Plan;
using MiniDock.Linux;
using MiniDock.Plugins.Storage.FileSystems;

namespace MiniDock.Plugins.Storage.Ramdisk;

/// <summary>Makes a RAM disk and mounts it where nobody sees it: the mount has no place until the container's first process takes it. So its end needs no
/// undoing, but for a disk of brd, which the kernel would not free.</summary>
internal sealed class RamdiskHandler : IStepHandler
{
    public const string StepKind = "ramdisk.make";
    private const string Label = "ramdisk";

    public string Kind => StepKind;

    public StepValues Apply(PlanStep step, IStepContext context)
    {
        var arguments = step.Arguments;
        var size = long.Parse(arguments["size"], CultureInfo.InvariantCulture);
        try
        {
            var (mount, device) = arguments["backend"] switch
            {
                "tmpfs" => (Mount("tmpfs", "tmpfs", size), "tmpfs"),
                "brd" => OnBlockRam(step.Id, arguments["fs"], size, context),
                _ => OnLoop(arguments["fs"], size),
            };
            context.Keep(step.Id, mount);
            return StepValues.Of(("device", device));
        }
        catch (LinuxException e)
        {
            throw new EngineException($"RAM disk: {e.Message}", e.Hint ?? (e.Errno == Errno.ENOENT ? "load the module: modprobe loop" : null), inner: e);
        }
    }

    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
        if (step.Arguments["backend"] == "brd")
        {
            BlockRam.Free(context.Paths, context.ContainerId, step.Id);
        }
    }

    private static (SafeFileHandle Mount, string Device) OnLoop(string type, long size)
    {
        using var memory = Files.MemfdCreate("minidock-ramdisk");
        Files.Truncate(memory, size);

        // The device lives as long as this descriptor or a mount of it.
        using var device = Loop.Attach(memory, new LoopOptions { ReadOnly = false, DirectIo = false });
        FileSystemMaker.Make(type, device.Path, Label, isLasting: false);
        return (Mount(type, device.Path), device.Path);
    }

    private static (SafeFileHandle Mount, string Device) OnBlockRam(string step, string type, long size, IStepContext context)
    {
        var device = BlockRam.Take(context.Paths, context.ContainerId, step, size);
        FileSystemMaker.Make(type, device, Label, isLasting: false, size);
        return (Mount(type, device), device);
    }

    private static SafeFileHandle Mount(string type, string source, long? size = null)
    {
        using var context = Mounts.FsOpen(type);
        Mounts.FsConfig(context, "source", source);
        if (size is { } bytes)
        {
            Mounts.FsConfig(context, "size", bytes.ToString(CultureInfo.InvariantCulture));
            Mounts.FsConfig(context, "mode", "0755");
        }

        var mount = Mounts.FsMount(context, MountAttributes.None);
        FileSystemMaker.Tidy(mount);
        return mount;
    }
}

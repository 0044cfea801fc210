using System.Text.Json;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Plugins;
using MiniDock.Engine.Run.Child;
using MiniDock.Linux;

namespace MiniDock.Engine.Plugins.Storage;

/// <summary>Mounts what a plugin has got ready, in the container's run directory.</summary>
public sealed class PluginMountHandler : IStepHandler
{
    private const string StepKind = "plugin.storage.mount";

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <summary>The step.</summary>
    /// <param name="id">What its id and that of the attachment begin with.</param>
    /// <param name="plugin">The plugin.</param>
    /// <param name="place">Where it is mounted.</param>
    public static PlanStep Plan(string id, InstalledPlugin plugin, string place) => new()
    {
        Id = id + "mount",
        Phase = PlanPhase.HostBefore,
        Kind = StepKind,
        Arguments = StepValues.Of(("place", place)),
        Requires = [id + "attach"],
        Why = $"the engine mounts what plugin {plugin.Name} names: a container may not open the host's devices",
        ManPage = "mount(2)",
        Shell = $"mount -t TYPE SOURCE {place}",
    };

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        var attached = context.ReceiptOf(step.Requires[0]) ?? throw new InvalidOperationException($"step {step.Requires[0]} has not been applied");
        var place = step.Arguments["place"];
        Files.CreateDirectories(place, 0x1C0);
        foreach (var mount in JsonSerializer.Deserialize(attached[PluginVolumeHandler.Result], PluginJson.Default.StorageResult)!.Mounts)
        {
            Mount(mount, place);
        }

        return StepValues.Empty;
    }

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
        // EINVAL: no mount is there. ENOENT: not even the directory.
        var place = step.Arguments["place"];
        var errno = Mounts.TryUmount2(place, UmountFlags.NoFollow);
        if (errno == Errno.EBUSY)
        {
            errno = Mounts.TryUmount2(place, UmountFlags.Detach | UmountFlags.NoFollow);
        }

        if (errno is not (Errno.Success or Errno.EINVAL or Errno.ENOENT))
        {
            throw new LinuxException("unmount", place, errno);
        }
    }

    private static void Mount(PluginMount mount, string place)
    {
        // What lies in the volume must not lead out of it.
        using var root = Files.Open(place, OpenFlags.Path | OpenFlags.Directory | OpenFlags.NoFollow);
        using var target = Files.OpenAt2(root, mount.Target.Trim('/') is { Length: > 0 } below ? below : ".", OpenFlags.Path | OpenFlags.Directory, 0, ResolveFlags.InRoot | ResolveFlags.NoMagicLinks);
        if (mount.Type != "bind")
        {
            Mounts.Mount(mount.Source, $"/proc/self/fd/{target.DangerousGetHandle()}", mount.Type, MountOptions.Flags(string.Join(',', mount.Flags)), mount.Data);
            return;
        }

        using var tree = Mounts.OpenTree(null, mount.Source, clone: true, recursive: true);
        var attributes = MountOptions.Attributes(string.Join(',', mount.Flags));
        if (attributes != MountAttributes.None)
        {
            Mounts.MountSetAttr(tree, "", recursive: true, attributes);
        }

        Mounts.MoveMount(tree, target, "");
    }
}

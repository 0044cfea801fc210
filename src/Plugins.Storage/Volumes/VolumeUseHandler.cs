using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;

namespace MiniDock.Plugins.Storage.Volumes;

/// <summary>Begins and ends a container's use of a volume: makes it where there is none, mounts what it is made of with its first user and unmounts it with its last,
/// and fills it from the image while it is empty.</summary>
internal sealed class VolumeUseHandler(IImageContent content, Action<string, VolumeDefinition>? told) : IStepHandler
{
    private const string StepKind = "volume.use";

    public string Kind => StepKind;

    public static PlanStep Plan(MountRequest request)
    {
        var (mount, image) = (request.Mount, request.Spec.Image);
        var copies = !mount.Options.ContainsKey(VolumeMountProvider.NoCopy) && image.DiffIds.Count > 0;
        var directory = new VolumeStore(request.Paths).DataOf(mount.Source);
        return new PlanStep
        {
            Id = $"mount.{request.Index}.volume",
            Phase = PlanPhase.HostBefore,
            Kind = StepKind,
            Arguments = StepValues.Of(
            [
                new("volume", mount.Source),
                .. copies
                    ? [new("copy", mount.Target), new("image", image.Reference), new("config", image.Id.ToString()), new("layers", string.Join(' ', image.DiffIds)), new("storage", request.Spec.StorageDriver)]
                    : Array.Empty<KeyValuePair<string, string>>(),
                .. mount.Options.Where(o => o.Key != VolumeMountProvider.NoCopy),
            ]),
            Why = copies
                ? $"volume {mount.Source} is made where it is missing, and filled with what the image has at {mount.Target} while it is empty"
                : $"volume {mount.Source} is made where it is missing",
            ManPage = "flock(2)",
            Shell = copies ? $"mkdir -p {directory}; cp -a $IMAGE{mount.Target}/. {directory}" : $"mkdir -p {directory}",
        };
    }

    public StepValues Apply(PlanStep step, IStepContext context)
    {
        var (name, paths) = (step.Arguments["volume"], context.Paths);
        using var held = VolumeLock.Take(paths, name);
        var store = new VolumeStore(paths);
        var volume = new VolumeCreation(paths, v => told?.Invoke("create", v)).Create(held, VolumeMountProvider.Wanted(name, step.Arguments));
        var uses = new VolumeUses(paths, name);
        var isAlone = uses.List().Count == 0;
        uses.Add(context.ContainerId, step.Id);
        new VolumeFileSystem(store, volume).Mount();
        if (step.Arguments.Find("copy") is { } path)
        {
            Fill(store, isAlone, step.Arguments, path, context.ContainerId);
        }

        return StepValues.Of(("driver", volume.Driver));
    }

    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
        var (name, paths) = (step.Arguments["volume"], context.Paths);
        using var held = VolumeLock.Take(paths, name);
        var store = new VolumeStore(paths);
        var uses = new VolumeUses(paths, name);
        uses.Remove(context.ContainerId, step.Id);
        if (uses.List().Count == 0 && store.Find(name) is not { IsMounted: false })
        {
            VolumeFileSystem.Unmount(store.DataOf(name));
        }
    }

    private void Fill(VolumeStore store, bool isAlone, StepValues arguments, string path, ContainerId container)
    {
        var name = arguments["volume"];
        using var directory = Files.Open(store.DataOf(name), OpenFlags.Directory);
        var mark = store.CopyMarkOf(name);

        // With a mark, whoever copied died half-way, and nobody has used the volume since: the same is copied once more.
        if (Files.ReadDirectory(directory).Count > 0 && !(isAlone && Files.Exists(mark)))
        {
            return;
        }

        Files.Open(mark, OpenFlags.WriteOnly | OpenFlags.Create, 0x180).Dispose();
        var layers = arguments["layers"].Split(' ').Select(Digest.Parse).ToList();
        content.CopyTo(container, new ImageSelection(arguments["image"], Digest.Parse(arguments["config"]), layers), arguments["storage"], path, directory);
        Files.TryUnlinkAt(null, mark);
    }
}

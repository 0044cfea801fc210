using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Plugins.Storage.Volumes;

/// <summary>Mounts volumes: <c>-v NAME:DST</c>, <c>-v DST</c>, <c>--mount type=volume</c>, and what an image declares by VOLUME.</summary>
/// <param name="content">Fills volumes with what the image has at their place.</param>
/// <param name="users">Which containers have a volume.</param>
/// <param name="told">Told of volumes that are made or removed for a container: the action in docker's word.</param>
public sealed class VolumeMountProvider(IImageContent content, IVolumeUsers users, Action<string, VolumeDefinition>? told = null) : IMountProvider
{
    /// <summary>The type's name.</summary>
    public const string TypeName = "volume";

    /// <summary>Option of a mount whose volume was given no name.</summary>
    public const string Anonymous = "anonymous";

    /// <summary>Option of a mount whose volume is not filled from the image.</summary>
    public const string NoCopy = "nocopy";

    /// <summary>Option that names who provides the volume.</summary>
    public const string Driver = "driver";

    /// <summary>What options of the volume itself begin with.</summary>
    public const string OptionPrefix = "opt:";

    /// <summary>What labels of the volume itself begin with.</summary>
    public const string LabelPrefix = "label:";

    /// <inheritdoc/>
    public string Name => TypeName;

    /// <inheritdoc/>
    public IEnumerable<IStepHandler> Handlers => [new VolumeUseHandler(content, told), new AnonymousVolumeHandler(users, told)];

    /// <inheritdoc/>
    public IEnumerable<Problem> Validate(MountRequest request) => VolumeCreation.Problems(Wanted(request.Mount.Source, request.Mount.Options));

    /// <inheritdoc/>
    public IEnumerable<PlanStep> Plan(MountRequest request)
    {
        var mount = request.Mount;
        var source = new VolumeStore(request.Paths).DataOf(mount.Source);
        if (request.Spec.AutoRemove && mount.Options.ContainsKey(Anonymous))
        {
            yield return AnonymousVolumeHandler.Plan(request);
        }

        yield return VolumeUseHandler.Plan(request);

        var flags = mount.ReadOnly ? [.. mount.Flags, "ro"] : mount.Flags;
        yield return new PlanStep
        {
            Id = $"mount.{request.Index}.bind",
            Phase = PlanPhase.Child,
            Kind = ChildStepKinds.Bind,
            Arguments = StepValues.Of(
                ("source", source),
                ("target", mount.Target),
                ("in", "root"),
                ("create", "dir"),
                ("recursive", "true"),
                ("flags", flags.Count == 0 ? null : string.Join(',', flags)),
                ("idmap", "true"),
                ("propagation", mount.Propagation.ToString())),
            Why = $"volume {mount.Source} at {mount.Target}",
            ManPage = "mount_setattr(2)",
            Shell = $"mount --rbind {source} $ROOT{mount.Target}{(flags.Count == 0 ? "" : $" && mount -o remount,bind,{string.Join(',', flags)} $ROOT{mount.Target}")}",
        };
    }

    /// <summary>The volume that a mount makes where there is none.</summary>
    internal static NewVolume Wanted(string name, IEnumerable<KeyValuePair<string, string>> options)
    {
        var volume = new NewVolume(name);
        Dictionary<string, string> own = [], labels = [];
        foreach (var (key, value) in options)
        {
            if (key.StartsWith(OptionPrefix, StringComparison.Ordinal))
            {
                own[key[OptionPrefix.Length..]] = value;
            }
            else if (key.StartsWith(LabelPrefix, StringComparison.Ordinal))
            {
                labels[key[LabelPrefix.Length..]] = value;
            }
            else if (key == Driver)
            {
                volume = volume with { Driver = value };
            }
            else if (key == Anonymous)
            {
                volume = volume with { IsAnonymous = true };
            }
        }

        return volume with { Options = own, Labels = labels };
    }
}

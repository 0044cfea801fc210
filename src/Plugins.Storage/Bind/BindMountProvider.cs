using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Plugins.Storage.Bind;

/// <summary>Binds a file or directory of the host into a container: <c>-v SRC:DST</c> and <c>--mount type=bind</c>.</summary>
public sealed class BindMountProvider : IMountProvider
{
    /// <summary>Option of a mount whose missing source is made, as docker does for <c>-v</c>.</summary>
    public const string CreateSource = "create-source";

    /// <summary>Option of a mount whose files have the ids of the container's user namespace.</summary>
    public const string IdMap = "idmap";

    /// <inheritdoc/>
    public string Name => "bind";

    /// <inheritdoc/>
    public IEnumerable<IStepHandler> Handlers => [new SourceDirectoryHandler()];

    /// <inheritdoc/>
    public IEnumerable<Problem> Validate(MountRequest request)
    {
        var mount = request.Mount;
        if (!Path.IsPathRooted(mount.Source))
        {
            yield return new Problem($"bind {mount.Source}: EINVAL (the source is not an absolute path)");
        }
        else if (!Path.Exists(mount.Source) && !MakesSource(mount))
        {
            yield return new Problem($"bind {mount.Source}: ENOENT (no such file or directory)", $"make it first: mkdir -p {mount.Source}");
        }
        else if (BindPropagation.Complaint(mount) is { } problem)
        {
            yield return problem;
        }
    }

    /// <inheritdoc/>
    public IEnumerable<PlanStep> Plan(MountRequest request)
    {
        var mount = request.Mount;
        var isFile = File.Exists(mount.Source);
        if (!isFile && !Directory.Exists(mount.Source))
        {
            yield return SourceDirectoryHandler.Plan(request);
        }

        var flags = mount.ReadOnly ? [.. mount.Flags, "ro"] : mount.Flags;
        yield return new PlanStep
        {
            Id = $"mount.{request.Index}.bind",
            Phase = PlanPhase.Child,
            Kind = ChildStepKinds.Bind,
            Arguments = StepValues.Of(
                ("source", mount.Source),
                ("target", mount.Target),
                ("in", "root"),
                ("create", isFile ? "file" : "dir"),
                ("recursive", "true"),
                ("idmap", mount.Options.GetValueOrDefault(IdMap)),
                ("flags", flags.Count == 0 ? null : string.Join(',', flags)),
                ("propagation", mount.Propagation.ToString())),
            Why = $"{mount.Source} of the host at {mount.Target}",
            ManPage = "mount_setattr(2)",
            Shell = $"mount --rbind {mount.Source} $ROOT{mount.Target}{(flags.Count == 0 ? "" : $" && mount -o remount,bind,{string.Join(',', flags)} $ROOT{mount.Target}")}",
        };
    }

    private static bool MakesSource(MountSpec mount) => mount.Options.TryGetValue(CreateSource, out var value) && value == "true";
}

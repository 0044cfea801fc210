using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Plugins.Storage.Tmpfs;

/// <summary>A file system in memory: <c>--tmpfs DST</c> and <c>--mount type=tmpfs</c>. It is the container's alone and dies with its mount namespace.</summary>
public sealed class TmpfsMountProvider : IMountProvider
{
    /// <inheritdoc/>
    public string Name => "tmpfs";

    /// <inheritdoc/>
    public IEnumerable<IStepHandler> Handlers => [];

    /// <inheritdoc/>
    public IEnumerable<Problem> Validate(MountRequest request) => [];

    /// <inheritdoc/>
    public IEnumerable<PlanStep> Plan(MountRequest request)
    {
        var mount = request.Mount;
        var flags = string.Join(',', mount.ReadOnly ? [.. mount.Flags, "ro"] : mount.Flags);
        var data = string.Join(',', mount.Options.Select(o => $"{o.Key}={o.Value}"));
        yield return new PlanStep
        {
            Id = $"mount.{request.Index}.tmpfs",
            Phase = PlanPhase.Child,
            Kind = ChildStepKinds.Mount,
            Arguments = StepValues.Of(
                ("source", "tmpfs"),
                ("type", "tmpfs"),
                ("target", mount.Target),
                ("in", "root"),
                ("create", "dir"),
                ("flags", flags),
                ("data", data.Length == 0 ? null : data)),
            Why = $"a file system in memory at {mount.Target}",
            ManPage = "tmpfs(5)",
            Shell = $"mount -t tmpfs -o {string.Join(',', new[] { flags, data }.Where(o => o.Length > 0))} tmpfs $ROOT{mount.Target}",
        };
    }
}

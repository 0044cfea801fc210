using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Plugins;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Engine.Plugins.Storage;

/// <summary><c>--mount type=PLUGIN,…</c>. The plugin says what is to be mounted; the engine mounts it on the host, where devices may be opened, and binds it
/// into the container.</summary>
public sealed class PluginMountProvider(InstalledPlugin plugin, PluginProviders plugins) : IMountProvider
{
    /// <inheritdoc/>
    public string Name => plugin.Name;

    /// <inheritdoc/>
    public IEnumerable<IStepHandler> Handlers => [];

    /// <inheritdoc/>
    public IEnumerable<Problem> Validate(MountRequest request) =>
        PluginFile.Problems(plugin).ToList() is { Count: > 0 } problems ? problems : PluginOptions.Problems($"mount {request.Mount.Target}", plugin, request.Mount.Options);

    /// <inheritdoc/>
    public IEnumerable<PlanStep> Plan(MountRequest request)
    {
        var mount = request.Mount;
        var id = FormattableString.Invariant($"mount.{request.Index}.");
        var call = new PluginRequest
        {
            Op = PluginOperations.InRequest(PluginKind.Storage, PluginOperations.Attach),
            Container = PluginSteps.Container(request.Spec, request.Paths),
            Mount = new PluginMountRequest { Source = mount.Source, Target = mount.Target, Index = request.Index, ReadOnly = mount.ReadOnly },
            Options = mount.Options,
        };
        yield return new PlanStep
        {
            Id = id + "attach",
            Phase = PlanPhase.HostBefore,
            Kind = PluginVolumeHandler.StepKind,
            Arguments = PluginSteps.Arguments(plugin, call),
            Why = $"plugin {plugin.Name} gets ready what is mounted at {mount.Target}",
            ManPage = "docs/plugins.md",
            Shell = PluginSteps.Shell(plugins.Explain(plugin, PluginOperations.Attach, call), plugin, PluginOperations.Attach),
        };
        var place = FormattableString.Invariant($"{request.Paths.RunDirectory(request.Spec.Id)}/plugin-mounts/{request.Index}");
        yield return PluginMountHandler.Plan(id, plugin, place);
        var flags = mount.ReadOnly ? [.. mount.Flags, "ro"] : mount.Flags;
        yield return new PlanStep
        {
            Id = id + "bind",
            Phase = PlanPhase.Child,
            Kind = ChildStepKinds.Bind,
            Arguments = StepValues.Of(
                ("source", place),
                ("target", mount.Target),
                ("in", "root"),
                ("create", "dir"),
                ("recursive", "true"),
                ("flags", flags.Count == 0 ? null : string.Join(',', flags)),
                ("propagation", mount.Propagation.ToString())),
            Why = $"what plugin {plugin.Name} provides at {mount.Target}",
            ManPage = "mount_setattr(2)",
            Shell = $"mount --rbind {place} $ROOT{mount.Target}",
        };
    }
}

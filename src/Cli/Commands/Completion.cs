using MiniDock.Abstractions;
using MiniDock.Plugins.Network.Cni;
using MiniDock.Plugins.Network.Definitions;
using MiniDock.Plugins.Storage.Volumes;

namespace MiniDock.Cli.Commands;

/// <summary>Names for shell completion. A root that cannot be read has none.</summary>
internal static class Completion
{
    /// <summary>Names of containers.</summary>
    public static IEnumerable<string> Containers(CliContext context) => Try(() => context.Engine.Store.List().Select(c => c.Spec.Name));

    /// <summary>Names of containers that run.</summary>
    public static IEnumerable<string> RunningContainers(CliContext context) =>
        Try(() => context.Engine.Store.ListActive().Where(c => c.IsRunning).Select(c => c.Spec.Name));

    /// <summary>Mounts of running containers, as <c>CONTAINER:DST</c>.</summary>
    public static IEnumerable<string> Mounts(CliContext context) => Try(() => context.Engine.Store.ListActive().Where(c => c.IsRunning)
        .SelectMany(c => Engine.Containers.Live.ContainerMounts.Of(c, context.Paths).Select(m => $"{c.Spec.Name}:{m.Mount.Target}")));

    /// <summary>Names of pinned namespaces.</summary>
    public static IEnumerable<string> PinnedNamespaces(CliContext context) => Try(() => context.Engine.PinnedNamespaces.List().Select(p => p.Name));

    /// <summary>Paths of control groups that containers share.</summary>
    public static IEnumerable<string> Cgroups(CliContext context) => Try(() => context.Engine.SharedGroups.List());

    /// <summary>Names of networks that were made, and of the default one.</summary>
    public static IEnumerable<string> Networks(CliContext context) => Try(() => new DefinitionStore(context.Paths).List().Select(n => n.Name));

    /// <summary>Names of volumes.</summary>
    public static IEnumerable<string> Volumes(CliContext context) => Try(() => new VolumeStore(context.Paths).List().Select(v => v.Name));

    /// <summary>Networks that are configured for CNI, as <c>--net</c> takes them.</summary>
    public static IEnumerable<string> CniNetworks() => Try(() => CniConfigurations.OfHost.All([]).Select(n => $"cni:{n.Name}"));

    /// <summary>Names of plugins.</summary>
    public static IEnumerable<string> Plugins(CliContext context) => Try(() => context.Engine.Plugins.Catalog.List().Select(p => p.Name));

    /// <summary>Names of images.</summary>
    public static IEnumerable<string> Images(CliContext context) =>
        Try(() => context.Engine.ImageListing.List().SelectMany(i => i.References).Select(r => r.Tag == "latest" ? r.Name : r.ToString()));

    /// <summary>Values of a flag of <c>run</c>.</summary>
    public static IEnumerable<string> OfRunFlag(CliContext context, string flag) => flag switch
    {
        "--net" or "--network" => context.Engine.Providers.NetworkNames.Concat(Networks(context)).Concat(CniNetworks()),
        "-v" or "--volume" => Volumes(context),
        "--volumes-from" => Containers(context),
        "--cgroup-parent" => Cgroups(context),
        "--hook" => context.Engine.Plugins.Names(Abstractions.Plugins.PluginKind.Hook),
        "--cgroup-driver" => context.Engine.Providers.CgroupNames,
        "--cap-add" or "--cap-drop" => Linux.Capabilities.NamesOf(Linux.Capabilities.All).Select(n => n[4..]).Prepend("ALL"),
        "--pid" or "--ipc" or "--uts" or "--userns" or "--cgroupns" => ["host", "private"],
        "--pull" => ["missing", "never"],
        "--sdnotify" => ["conmon", "container", "healthy", "ignore"],
        _ => [],
    };

    private static List<string> Try(Func<IEnumerable<string>> names)
    {
        try
        {
            return [.. names()];
        }
        catch (Exception e) when (e is EngineException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}

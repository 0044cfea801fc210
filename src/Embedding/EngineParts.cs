using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Containers;
using MiniDock.Engine.Containers.Copying;
using MiniDock.Engine.Containers.Exec;
using MiniDock.Engine.Containers.Groups;
using MiniDock.Engine.Containers.Live;
using MiniDock.Engine.Containers.Sharing;
using MiniDock.Engine.Containers.Snapshots;
using MiniDock.Engine.Containers.Monitor;
using MiniDock.Engine.Containers.Networks;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Containers.Usage;
using MiniDock.Engine.Containers.Volumes;
using MiniDock.Engine.Events;
using MiniDock.Engine.Host;
using MiniDock.Engine.Images.Extraction;
using MiniDock.Engine.Images.Import;
using MiniDock.Engine.Images.Store;
using MiniDock.Engine.Integrity;
using MiniDock.Engine.Plugins;
using MiniDock.Engine.Run;
using MiniDock.Engine.Run.Hooks;
using MiniDock.Plugins.Cgroups;
using MiniDock.Plugins.Network;
using MiniDock.Plugins.Network.Bridge;
using MiniDock.Plugins.Network.Cni;
using MiniDock.Plugins.Network.Container;
using MiniDock.Plugins.Network.Host;
using MiniDock.Plugins.Network.Named;
using MiniDock.Plugins.Network.Names;
using MiniDock.Plugins.Network.Nic;
using MiniDock.Plugins.Network.None;
using MiniDock.Plugins.Network.Ovs;
using MiniDock.Plugins.Network.Stacked;
using MiniDock.Plugins.Storage;
using MiniDock.Plugins.Storage.Bind;
using MiniDock.Plugins.Storage.Image;
using MiniDock.Plugins.Storage.Ramdisk;
using MiniDock.Plugins.Storage.Tmpfs;
using MiniDock.Plugins.Storage.Volumes;

namespace MiniDock.Embedding;

/// <summary>The engine put together for one root, part by part as each is asked for. This is the place that knows every built-in provider.</summary>
public sealed class EngineParts(EnginePaths paths, Action<string> warn, Func<ProviderSet, ProviderSet>? extend = null)
{
    private ContainerStore? _store;
    private ImageStore? _images;
    private ProviderSet? _providers;
    private StepHandlers? _handlers;
    private ContainerRemoval? _removal;
    private HostFacts? _host;
    private PluginProviders? _plugins;

    /// <summary>Told what a user should know.</summary>
    public Action<string> Warn => warn;

    /// <summary>The engine's directories.</summary>
    public EnginePaths Paths => paths;

    /// <summary>The containers.</summary>
    public ContainerStore Store => _store ??= new ContainerStore(paths);

    /// <summary>The images.</summary>
    public ImageStore Images => _images ??= new ImageStore(paths);

    /// <summary>What the host can do.</summary>
    public HostFacts Host => _host ??= HostProbe.Probe();

    /// <summary>All providers, the preferred one first where <c>auto</c> chooses.</summary>
    public ProviderSet Providers => _providers ??= extend is null ? BuiltIn : extend(BuiltIn);

    private ProviderSet BuiltIn => new(
        [new BridgeNetworkProvider(), new NoneNetworkProvider(), new HostNetworkProvider(), new ContainerNetworkProvider(Store), new NamedNetworkProvider(), new NicNetworkProvider(), new OvsNetworkProvider(), new StackedNetworkProvider(StackedKind.Macvlan), new StackedNetworkProvider(StackedKind.Ipvlan), new CniNetworkProvider()],
        MountProviders,
        [new ErofsRootFileSystem(), new DirectoryRootFileSystem(new ExtractionHandler())],
        [new V2CgroupProvider(), new V1CgroupProvider(), new SystemdCgroupProvider(), new NoCgroupProvider()],
        new NameFilesProvider()) { Plugins = Plugins };

    /// <summary>Third-party plugins.</summary>
    public PluginProviders Plugins => _plugins ??= new PluginProviders(new PluginCatalog(PluginSearchPath.Directories), warn);

    private IMountProvider[] MountProviders =>
    [
        new BindMountProvider(),
        new TmpfsMountProvider(),
        new RamdiskMountProvider(),
        new ImageMountProvider(new ImageMountHandler(() => Providers, () => Handlers, () => Host)),
        new VolumeMountProvider(new ImageContent(paths, () => Providers, () => Handlers, () => Host), VolumeUsers, TellVolume),
    ];

    /// <summary>Installs and removes plugins.</summary>
    public PluginInstallation PluginInstallation => new(PluginSearchPath.ForInstallation(), Plugins.Catalog, Store);

    /// <summary>Handlers of all host steps.</summary>
    public StepHandlers Handlers => _handlers ??= new StepHandlers([.. Providers.Handlers, new IdMapsHandler(), new PreStartHookHandler(), new PostStopHookHandler(warn), new SpecUpdateHandler(Store), new AttachmentChangeHandler(Store), new EndpointHandler(Store), new MountChangeHandler(Store), new LiveMountHandler(Store), new DeviceChangeHandler(Store), new LiveDeviceHandler(Store)]);

    /// <summary>Ends runs and removes containers by their journals.</summary>
    public ContainerRemoval Removal => _removal ??= new ContainerRemoval(Store, Handlers);

    /// <summary>Acts on containers of other processes.</summary>
    public ContainerControl Control => new(Store, Removal, Pause);

    /// <summary>Which containers use which image.</summary>
    public IImageUsers ImageUsers => new ContainerImageUsers(Store);

    /// <summary>Which containers have which volume.</summary>
    public IVolumeUsers VolumeUsers => new ContainerVolumeUsers(Store);

    /// <summary>Makes volumes.</summary>
    public VolumeCreation VolumeCreation => new(paths, v => TellVolume("create", v));

    /// <summary>Removes volumes.</summary>
    public VolumeRemoval VolumeRemoval => new(paths, VolumeUsers, v => TellVolume("destroy", v));

    /// <summary>Runs containers.</summary>
    public ContainerRun Run => new(Store, Removal, new RunPlanner(Providers), Handlers, Host);

    /// <summary>Runs more processes in running containers.</summary>
    public ContainerExec Exec => new(Providers, Host, Paths);

    /// <summary>Namespaces with names.</summary>
    public PinnedNamespaces PinnedNamespaces => new(Paths);

    /// <summary>Makes and starts containers that outlive the command.</summary>
    public ContainerStart Start => new(Store, new MonitorLauncher(Store), new RunPlanner(Providers), Host);

    /// <summary>Ends containers.</summary>
    public ContainerStop Stop => new(Store, Pause, () => Plugins.Hooks);

    /// <summary>Freezes containers.</summary>
    public ContainerPause Pause => new(Store, Handlers, Providers, () => Host);

    /// <summary>Reads control groups of running containers.</summary>
    public RunningGroups Groups => new(Providers, Host, Paths);

    /// <summary>Makes and changes control groups that containers share.</summary>
    public GroupControl SharedGroups => new(Store, Handlers, Providers, Host, warn);

    /// <summary>Changes limits.</summary>
    public ContainerUpdate Update => new(Store, Handlers, Providers, Host, warn);

    /// <summary>Attaches containers to networks and detaches them.</summary>
    public ContainerNetworks ContainerNetworks => new(Store, Handlers, Providers, Host);

    /// <summary>Mounts into running containers.</summary>
    public ContainerMounts ContainerMounts => new(Store, Handlers, Providers, Host);

    /// <summary>Gives devices to running containers.</summary>
    public ContainerDevices ContainerDevices => new(Store, Handlers, Providers, Host);

    /// <summary>Looks after one detached container.</summary>
    /// <param name="warnings">Where warnings gather: nobody reads a monitor's standard error.</param>
    public ContainerMonitor Monitor(List<string> warnings) => new(Store, Removal, new RunPlanner(Providers), Handlers, Host, warnings);

    /// <summary>Looks into containers' files.</summary>
    public ContainerSnapshots Snapshots => new(Store, Providers, Handlers, () => Host);

    /// <summary>Finds what containers have changed.</summary>
    public ContainerChanges Changes => new(Snapshots);

    /// <summary>Writes containers' files as archives.</summary>
    public ContainerExport Export => new(Snapshots);

    /// <summary>Copies files into and out of containers.</summary>
    public ContainerCopy Copy => new(Snapshots);

    /// <summary>Makes images of containers.</summary>
    public ContainerCommit Commit => new(Snapshots, Changes, Pause, Images, ImageUsers);

    /// <summary>Imports images.</summary>
    public ImageImporter Importer => new(Images, ImageUsers);

    /// <summary>Lists images.</summary>
    public ImageListing ImageListing => new(Images, ImageUsers);

    /// <summary>Removes images.</summary>
    public ImageRemoval ImageRemoval => new(Images, ImageUsers);

    /// <summary>Looks for damage in all that is kept on disk.</summary>
    public StoreCheck Check => new(Images, ImageUsers, Store, Control, () => new NetworkCheck(paths).Find());

    /// <summary>Takes back addresses and ports of containers that are no more.</summary>
    public void CollectNetworks()
    {
        var failures = new List<string>();
        new NetworkCollector(paths).Collect(failures);
        failures.ForEach(warn);
    }

    private void TellVolume(string action, VolumeDefinition volume) => Store.Events.Append(VolumeEvents.Of(volume.Name, volume.Driver, action));

    /// <summary>Takes back what engines left that were killed.</summary>
    public void Sweep() => new ContainerRecovery(Store, Removal, warn).Sweep();
}

using MiniDock.Abstractions.Model;

namespace MiniDock.Abstractions.Providers;

/// <summary>The engine's two roots and what lies under them.</summary>
/// <param name="Root">Persistent state, such as <c>/var/lib/minidock</c>.</param>
/// <param name="RunRoot">State that a reboot clears, such as <c>/run/minidock</c>.</param>
public sealed record EnginePaths(string Root, string RunRoot)
{
    /// <summary>The persistent root unless <c>--root</c> or MINIDOCK_ROOT says otherwise.</summary>
    public const string DefaultRoot = "/var/lib/minidock";

    /// <summary>The run root unless <c>--run-root</c> or MINIDOCK_RUN_ROOT says otherwise.</summary>
    public const string DefaultRunRoot = "/run/minidock";

    /// <summary>Empty for the default root, else eight hexadecimal digits of the root's path: it keeps the kernel objects of two roots apart.</summary>
    public string InstanceTag { get; } = Root == DefaultRoot ? "" : TagOf(Root);

    /// <summary>Persistent directories of containers.</summary>
    public string Containers => Path.Combine(Root, "containers");

    /// <summary>Image store.</summary>
    public string Images => Path.Combine(Root, "images");

    /// <summary>The file of a layer, an EROFS image around its tar, named by its diff id.</summary>
    public string LayerFile(Digest diffId) => Path.Combine(Images, "layers", diffId.Hex);

    /// <summary>The directory that a layer is extracted to where its file cannot be mounted.</summary>
    public string LayerDirectory(Digest diffId) => Path.Combine(Images, "extracted", diffId.Hex);

    /// <summary>Definitions of networks, a JSON file each.</summary>
    public string Networks => Path.Combine(Root, "networks");

    /// <summary>Definitions of control groups that containers share.</summary>
    public string SharedGroups => Path.Combine(Root, "cgroups");

    /// <summary>What running containers hold of networks: address leases and published ports. A reboot ends both.</summary>
    public string RunNetworks => Path.Combine(RunRoot, "networks");

    /// <summary>Volumes, a directory each: its definition, and what it holds in <c>_data</c>.</summary>
    public string Volumes => Path.Combine(Root, "volumes");

    /// <summary>The file that makes a directory a volume: its definition.</summary>
    public string VolumeFile(string name) => Path.Combine(Volumes, name, "volume.json");

    /// <summary>Locks of volumes, and which running container uses which.</summary>
    public string RunVolumes => Path.Combine(RunRoot, "volumes");

    /// <summary>Run directories of containers: lock, journal, state, mount points.</summary>
    public string RunContainers => Path.Combine(RunRoot, "containers");

    /// <summary>Persistent directory of one container.</summary>
    public string StateDirectory(ContainerId id) => Path.Combine(Containers, id.Value);

    /// <summary>What a container has written over its image's layers, as overlayfs keeps it.</summary>
    public string WritableLayer(ContainerId id) => Path.Combine(StateDirectory(id), "upper");

    /// <summary>Run directory of one container.</summary>
    public string RunDirectory(ContainerId id) => Path.Combine(RunContainers, id.Value);

    /// <summary>Where the root file system of a container is put together, in its own mount namespace.</summary>
    public string RootFileSystem(ContainerId id) => Path.Combine(RunDirectory(id), "rootfs");

    // FNV-1a: a name, not a secret, and no first use of a hash library on the start path.
    private static string TagOf(string root)
    {
        var hash = 2166136261u;
        foreach (var c in root)
        {
            hash = (hash ^ c) * 16777619u;
        }

        return hash.ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
    }
}

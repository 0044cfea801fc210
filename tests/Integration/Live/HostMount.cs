using MiniDock.Linux;

namespace MiniDock.Tests.Integration.Live;

/// <summary>A file system in memory that the host has mounted, for as long as a test needs it.</summary>
internal sealed class HostMount : IDisposable
{
    public HostMount(string path, Propagation propagation = Propagation.Private)
    {
        Path = Directory.CreateDirectory(path).FullName;
        Mounts.Mount("tmpfs", Path, "tmpfs", MountFlags.None, "size=1m");
        Mounts.Mount("", Path, null, (MountFlags)propagation);
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    public void Dispose() => Mounts.Umount2(Path, UmountFlags.Detach);
}

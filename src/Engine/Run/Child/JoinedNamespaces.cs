using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Containers.Store;
using MiniDock.Linux;

namespace MiniDock.Engine.Run.Child;

/// <summary>Opens the namespaces that a container shares with another one, or that a file names.</summary>
internal sealed class JoinedNamespaces : IDisposable
{
    private readonly Dictionary<NamespaceType, SafeFileHandle> _byType = [];

    public JoinedNamespaces(ContainerSpec spec, EnginePaths paths)
    {
        var containers = new ContainerStore(paths);
        foreach (var joined in ChildNamespaces.Joined(spec))
        {
            _byType[joined.Type] = joined.Mode == NamespaceMode.Path ? OpenFile(joined) : OpenOfContainer(joined, containers);
        }
    }

    public IReadOnlyDictionary<NamespaceType, SafeFileHandle> ByType => _byType;

    public void Dispose()
    {
        foreach (var handle in _byType.Values)
        {
            handle.Dispose();
        }
    }

    private static SafeFileHandle OpenFile(NamespaceSpec joined)
    {
        var file = Files.Open(joined.Target!, OpenFlags.ReadOnly);
        if ((long)Files.StatFs(file).Magic == FileSystemStat.NamespaceFs)
        {
            return file;
        }

        file.Dispose();
        throw new EngineException($"namespace {joined.Target}: not a namespace file", "name a file such as /proc/PID/ns/net or one made by ip netns add");
    }

    private static SafeFileHandle OpenOfContainer(NamespaceSpec joined, ContainerStore containers)
    {
        var pid = ContainerId.TryParse(joined.Target, out var id) ? containers.PidOf(id) : null;
        return pid is { } running
            ? Namespaces.OpenOf(running, ChildNamespaces.Flag(joined.Type))
            : throw new EngineException($"container {joined.Target}: not running", "its namespaces live only as long as its processes");
    }
}

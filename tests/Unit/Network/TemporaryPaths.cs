using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Tests.Unit.Network;

/// <summary>Roots of an engine in a temporary directory.</summary>
internal sealed class TemporaryPaths : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("minidock-network-").FullName;

    public TemporaryPaths() => Paths = new EnginePaths(Path.Combine(_directory, "root"), Path.Combine(_directory, "run"));

    public EnginePaths Paths { get; }

    /// <summary>The id of a container that has a run directory.</summary>
    public ContainerId NewContainer()
    {
        var id = ContainerId.New();
        Directory.CreateDirectory(Paths.RunDirectory(id));
        return id;
    }

    public void End(ContainerId id) => Directory.Delete(Paths.RunDirectory(id), recursive: true);

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}

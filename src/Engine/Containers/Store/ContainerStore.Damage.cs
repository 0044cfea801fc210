using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Store;

/// <content>Files that are not as they were written.</content>
public sealed partial class ContainerStore
{
    /// <summary>Whether a container has a specification that is not as it was written. One that was never written, or of which a power cut
    /// has left an empty file, is that of a container that was half made.</summary>
    public bool IsDamaged(ContainerId id) =>
        _files.ReadSpec(id) is null && Files.TryStatAt(null, _files.SpecFile(id), followLink: false, out var file) == Errno.Success && file.SizeBytes > 0;

    /// <summary>Whether a state was written that cannot be read: the container then counts as one that never ran.</summary>
    public bool IsStateDamaged(ContainerId id) => File.Exists(_files.StateFile(id)) && !_files.CanReadState(id);

    /// <summary>The state of a container whose specification cannot be read.</summary>
    public ContainerState StateOf(ContainerId id) => _files.ReadState(id);

    /// <summary>The error for a container whose specification is damaged.</summary>
    public EngineException Damaged(ContainerId id) => new(
        $"container {id.Short}: damaged ({_files.SpecFile(id)} is not as it was written)",
        $"what it has written lies in {paths.WritableLayer(id)}; give it up with: minidock rm -f {id.Short}",
        exitCode: 1);
}

using MiniDock.Abstractions.Model;

namespace MiniDock.Abstractions.Providers;

/// <summary>Knows which containers have a volume among their mounts, whether or not they run.</summary>
public interface IVolumeUsers
{
    /// <summary>The containers, with their names.</summary>
    IReadOnlyList<(ContainerId Id, string Name)> Of(string volume);
}

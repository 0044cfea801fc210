using MiniDock.Abstractions.Model;

namespace MiniDock.Abstractions.Providers;

/// <summary>Looks containers up for providers that join one's namespaces or hand its addresses out.</summary>
public interface IContainerDirectory
{
    /// <summary>The container of a name, an id, or an unambiguous prefix of an id; null where there is none.</summary>
    ContainerId? Resolve(string nameOrId);

    /// <summary>Process id of its first process on the host, or null when it does not run.</summary>
    int? PidOf(ContainerId id);
}

using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Containers.Creation;

/// <summary>What the builder must look up outside of its arguments.</summary>
public interface ICreationSources
{
    /// <summary>Directory that relative paths start from.</summary>
    string CurrentDirectory { get; }

    /// <summary>An environment variable of the user, or null.</summary>
    string? Variable(string name);

    /// <summary>Text of a file that a flag names.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    string ReadFile(string path);

    /// <summary>The container of a name, an id or the beginning of one; null: there is none.</summary>
    ContainerId? FindContainer(string nameOrId);

    /// <summary>The image of a name or id; null: there is none.</summary>
    ImageSelection? FindImage(string reference);

    /// <summary>The mounts of a container; null: there is none of the name or id.</summary>
    IReadOnlyList<MountSpec>? MountsOf(string nameOrId);

    /// <summary>The provider of a network that was made; null: there is no network of the name.</summary>
    string? DriverOfNetwork(string name);

    /// <summary>The file of a namespace that is pinned under a name; null: there is none.</summary>
    string? FindPinnedNamespace(string name);
}

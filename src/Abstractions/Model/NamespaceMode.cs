namespace MiniDock.Abstractions.Model;

/// <summary>Where a namespace comes from.</summary>
public enum NamespaceMode
{
    /// <summary>A new one.</summary>
    Private,

    /// <summary>The engine's own.</summary>
    Host,

    /// <summary>That of another container.</summary>
    Container,

    /// <summary>That behind an nsfs file.</summary>
    Path,
}

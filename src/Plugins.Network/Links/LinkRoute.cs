namespace MiniDock.Plugins.Network.Links;

/// <summary>The default route that an interface gets.</summary>
public enum LinkRoute
{
    /// <summary>None.</summary>
    None,

    /// <summary>By the gateway.</summary>
    Gateway,

    /// <summary>By the interface alone.</summary>
    Device,
}

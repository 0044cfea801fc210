namespace MiniDock.Plugins.Network.Cni;

/// <summary>What a plugin is asked to do. The names are CNI_COMMAND's.</summary>
public static class CniOperation
{
    /// <summary>Attach.</summary>
    public const string Add = "ADD";

    /// <summary>Detach.</summary>
    public const string Delete = "DEL";

    /// <summary>Take back what attachments hold that are no more; from 1.1.0 on.</summary>
    public const string Collect = "GC";

    /// <summary>Tell the versions that the plugin speaks.</summary>
    public const string Version = "VERSION";
}

namespace MiniDock.Plugins.Storage.Layers;

/// <summary>How the kernel takes a layer's file.</summary>
internal enum LayerMethod
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>The file itself (Linux 6.12, where the store's file system allows it).</summary>
    File,

    /// <summary>Through a loop device.</summary>
    Loop,
}

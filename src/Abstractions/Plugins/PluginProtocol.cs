namespace MiniDock.Abstractions.Plugins;

/// <summary>The numbers and names of the protocol between the engine and the program of a plugin, <c>docs/plugins.md</c>.</summary>
public static class PluginProtocol
{
    /// <summary>Its version: <c>v</c> of each request, and one of <c>protocol</c> in a manifest.</summary>
    public const int Version = 1;

    /// <summary>Name of the manifest in a plugin's directory.</summary>
    public const string ManifestName = "minidock-plugin.json";

    /// <summary>Descriptor that a <see cref="PluginMode.Session"/> writes its replies to.</summary>
    public const int ReplyDescriptor = 3;

    /// <summary>Largest manifest in bytes.</summary>
    public const int MaxManifestBytes = 256 << 10;

    /// <summary>Largest reply in bytes, its line feed included.</summary>
    public const int MaxReplyBytes = 1 << 20;

    /// <summary>Largest <c>state</c> in bytes.</summary>
    public const int MaxStateBytes = 64 << 10;

    /// <summary>How long an operation may take in milliseconds where the manifest does not say.</summary>
    public const int DefaultTimeoutMilliseconds = 2_000;

    /// <summary>How long <c>create</c> may take at least, in milliseconds.</summary>
    public const int CreateTimeoutMilliseconds = 30_000;

    /// <summary>Longest time-out that a manifest may ask for, in milliseconds.</summary>
    public const int MaxTimeoutMilliseconds = 600_000;

    /// <summary>Milliseconds between SIGTERM and SIGKILL, both to the process group.</summary>
    public const int GraceMilliseconds = 500;

    /// <summary>Variable that tells a plugin's program its name.</summary>
    public const string NameVariable = "MINIDOCK_PLUGIN";

    /// <summary>Variable that tells it <c>session</c> or <c>oneshot</c>.</summary>
    public const string ModeVariable = "MINIDOCK_PLUGIN_MODE";

    /// <summary>Variable that tells it its directory, where it also is started.</summary>
    public const string DirectoryVariable = "MINIDOCK_PLUGIN_DIR";

    /// <summary>Variable of the user with directories that plugins are looked for in first, separated by colons.</summary>
    public const string PathVariable = "MINIDOCK_PLUGIN_PATH";
}

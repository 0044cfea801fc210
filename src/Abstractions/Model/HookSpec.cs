namespace MiniDock.Abstractions.Model;

/// <summary>Commands of the user that the host runs around each run of a container. They come from the command line only, never from an image.</summary>
public sealed record HookSpec
{
    /// <summary>Run once the namespaces exist and before the user's process, in the order given: <c>--hook-pre-start</c>.</summary>
    public IReadOnlyList<string> PreStart { get; init; } = [];

    /// <summary>Run after the end, however it came: <c>--hook-post-stop</c>.</summary>
    public IReadOnlyList<string> PostStop { get; init; } = [];

    /// <summary>Hook plugins, each as <c>--hook</c> takes it: <c>PLUGIN[,key=value…]</c>.</summary>
    public IReadOnlyList<string> Plugins { get; init; } = [];
}

namespace MiniDock.Abstractions.Plugins;

/// <summary>What a hook adds to a container before it is made. Two hooks that disagree are an error.</summary>
public sealed record HookAdjustment
{
    /// <summary>Variables of its environment.</summary>
    public IReadOnlyDictionary<string, string> Env { get; set; } = new Dictionary<string, string>();

    /// <summary>Binds of the host.</summary>
    public IReadOnlyList<HookMount> Mounts { get; set; } = [];

    /// <summary>Devices of the host by path, such as <c>/dev/fuse</c>.</summary>
    public IReadOnlyList<string> Devices { get; set; } = [];

    /// <summary>Labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; set; } = new Dictionary<string, string>();
}

namespace MiniDock.Engine.Containers.Session;

/// <summary>How a foreground run is connected with the user.</summary>
public sealed record SessionOptions
{
    /// <summary>Keep standard input open.</summary>
    public bool Interactive { get; init; }

    /// <summary>Pass signals on to the container's first process; without a terminal only.</summary>
    public bool ForwardSignals { get; init; } = true;

    /// <summary>Keys that detach from a terminal.</summary>
    public DetachKeys DetachKeys { get; init; } = DetachKeys.Default;

    /// <summary>Told to the user, a line on standard error.</summary>
    public Action<string> Tell { get; init; } = _ => { };
}

using Microsoft.Win32.SafeHandles;
using MiniDock.Engine.Containers.Logs;

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

    /// <summary>Takes the master of a terminal over whose user detaches, and says whether it could; null: one cannot detach.</summary>
    public Func<SafeFileHandle, bool>? Leave { get; init; }

    /// <summary>Where output is kept beside, or null: without it, files and pipes are the container's own descriptors.</summary>
    public LogWriter? Log { get; init; }

    /// <summary>Told to the user, a line on standard error.</summary>
    public Action<string> Tell { get; init; } = _ => { };
}

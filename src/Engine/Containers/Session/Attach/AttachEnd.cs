namespace MiniDock.Engine.Containers.Session.Attach;

/// <summary>How an attached session ended.</summary>
/// <param name="ExitCode">Exit code of the container where that ended; null where the user detached or the monitor is gone.</param>
/// <param name="IsDetached">Whether the user left by the detach keys.</param>
public readonly record struct AttachEnd(int? ExitCode, bool IsDetached)
{
    /// <summary>The user left.</summary>
    public static readonly AttachEnd Detached = new(null, true);

    /// <summary>The monitor was killed, or let a client go that lagged too much.</summary>
    public static readonly AttachEnd Lost = new(null, false);

    /// <summary>The container ended.</summary>
    public static AttachEnd Exited(int code) => new(code, false);
}

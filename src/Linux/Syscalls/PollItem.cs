using Microsoft.Win32.SafeHandles;

namespace MiniDock.Linux;

/// <summary>A descriptor to wait for. A null file is skipped.</summary>
public record struct PollItem(SafeFileHandle? File, PollEvents Wanted)
{
    /// <summary>What happened, set by <see cref="Polling.Poll"/>.</summary>
    public PollEvents Happened { get; set; }
}

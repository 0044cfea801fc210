namespace MiniDock.Engine.Containers.Logs;

/// <summary>Which of a container's output streams.</summary>
public enum LogStream
{
    /// <summary>Standard output, and everything of a terminal.</summary>
    Stdout,

    /// <summary>Standard error.</summary>
    Stderr,
}

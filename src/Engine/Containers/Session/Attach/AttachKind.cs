namespace MiniDock.Engine.Containers.Session.Attach;

/// <summary>What a message between a monitor and an attached client carries.</summary>
public enum AttachKind : byte
{
    /// <summary>To the container's standard input.</summary>
    Input = 1,

    /// <summary>No more input follows.</summary>
    InputEnd = 2,

    /// <summary>The client's window: rows and columns, two bytes each, little-endian.</summary>
    Resize = 3,

    /// <summary>Standard output of the container, or everything of its terminal.</summary>
    Output = 4,

    /// <summary>Standard error of the container.</summary>
    Error = 5,

    /// <summary>The container has ended: its exit code, four bytes, little-endian.</summary>
    Exit = 6,

    /// <summary>A signal for the container's first process: its number, one byte.</summary>
    Signal = 7,
}

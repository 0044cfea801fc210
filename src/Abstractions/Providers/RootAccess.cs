namespace MiniDock.Abstractions.Providers;

/// <summary>How a container's root file system is to be mounted.</summary>
public enum RootAccess
{
    /// <summary>To be written, by one mount at a time: the container's run, or whoever holds the lock of one that does not run.</summary>
    ReadWrite,

    /// <summary>To be read, with all that the container has written, also beside its run.</summary>
    ReadOnly,

    /// <summary>To be read, without what the container has written: its image.</summary>
    Image,
}

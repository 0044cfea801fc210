using Microsoft.Win32.SafeHandles;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Session.Attach;

/// <summary>The socket of a run directory, which only its owner may enter. It is reached by way of a descriptor of the directory: unix(7) allows
/// names of 107 bytes, and a container's id alone has 64.</summary>
internal static class AttachSocket
{
    /// <summary>Its name in the run directory.</summary>
    public const string Name = "attach.sock";

    public static SafeFileHandle Listen(string runDirectory)
    {
        using var directory = Files.Open(runDirectory, OpenFlags.Path | OpenFlags.Directory);
        return UnixSockets.Listen(NameIn(directory));
    }

    /// <returns>Null where nobody listens.</returns>
    public static SafeFileHandle? Connect(string runDirectory)
    {
        if (Files.TryOpenAt(null, runDirectory, OpenFlags.Path | OpenFlags.Directory, 0, out var directory) != Errno.Success)
        {
            return null;
        }

        using (directory)
        {
            return UnixSockets.TryConnect(NameIn(directory), out var socket) == Errno.Success ? socket : null;
        }
    }

    private static string NameIn(SafeFileHandle directory) => $"/proc/self/fd/{directory.DangerousGetHandle()}/{Name}";
}

namespace MiniDock.Tests.Integration.Harness;

/// <summary>The busybox root file system that <c>images/busybox</c> makes.</summary>
public static class BusyboxTar
{
    private static readonly Lazy<string> Made = new(Make);

    /// <summary>The tar file: MINIDOCK_BUSYBOX_TAR, else <c>out/busybox.tar</c>, made where it is missing.</summary>
    public static string Path => Made.Value;

    private static string Make()
    {
        var path = Environment.GetEnvironmentVariable("MINIDOCK_BUSYBOX_TAR") ?? Repository.PathOf("out/busybox.tar");
        if (!File.Exists(path))
        {
            HostCommand.Run(Repository.PathOf("images/busybox"), path).ShouldSucceed();
        }

        return path;
    }
}

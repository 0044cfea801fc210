using MiniDock.Abstractions.Providers;
using MiniDock.Plugins.Network.Definitions;

namespace MiniDock.Tests.Integration.Harness;

/// <summary>What the tests of one class share: an engine with roots of its own that holds the busybox image.</summary>
public sealed class MinidockFixture : IDisposable
{
    /// <summary>Makes the roots and imports busybox.</summary>
    public MinidockFixture()
    {
        if (!File.Exists(Minidock.Binary))
        {
            throw new FileNotFoundException($"no binary to test: {Minidock.Binary} (make build, or set MINIDOCK_BINARY)");
        }

        // Not under /tmp: that is a tmpfs on many machines, where neither file-backed mounts nor direct I/O work.
        var parent = Environment.GetEnvironmentVariable("MINIDOCK_TEST_DIR") ?? "/var/tmp";
        Directory = Path.Combine(parent, $"minidock-test-{Guid.NewGuid():n}"[..22]);
        Scratch = Path.Combine(Directory, "scratch");
        System.IO.Directory.CreateDirectory(Scratch);
        Engine = new Minidock(Directory);
        Engine.Run("import", BusyboxTar.Path).ShouldSucceed();

        // The first container on the default network makes what later ones share; that belongs to no single test. A test that
        // is about networks says what is wrong, should this fail.
        Engine.Run("run", "--rm", "--net", "bridge", "busybox", "true");

        // The kernel takes its link away in its own time: a test that begins before that would miss it at its end.
        Eventually.Holds(() => !HostNetwork.Links().Any(link => link.StartsWith("mdv", StringComparison.Ordinal)), RunningCommand.DefaultTimeOut);
    }

    /// <summary>The directory that holds both roots.</summary>
    public string Directory { get; }

    /// <summary>The engine.</summary>
    public Minidock Engine { get; }

    /// <summary>A directory for the files of tests; goes with the class.</summary>
    public string Scratch { get; }

    /// <summary>Kills and unmounts what a failed test left, so that the next one starts clean.</summary>
    public void RemoveLeftovers()
    {
        foreach (var process in HostProcesses.Of(Directory).Keys)
        {
            HostCommand.Run("kill", "-s", "KILL", $"{process}");
        }

        foreach (var container in Engine.Run("ps", "-aq").Lines)
        {
            Engine.Run("rm", "-f", container);
        }

        foreach (var mount in HostMounts.PointsUnder(Directory).Reverse())
        {
            HostCommand.Run("umount", "-l", mount);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        RemoveLeftovers();
        var paths = new EnginePaths(Engine.Root, Engine.RunRoot);
        HostCommand.Run("ip", "link", "delete", NetworkNames.Bridge(paths, NetworkNames.Default));
        HostCommand.Run("nft", "delete", "table", "inet", NetworkNames.Table(paths));
        HostCommand.Run("rm", "-rf", "--one-file-system", Directory).ShouldSucceed();
    }
}

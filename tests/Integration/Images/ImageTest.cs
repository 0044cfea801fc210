using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Images;

/// <summary>Base of tests of the image store: an engine with an empty store of its own for each test.</summary>
public abstract class ImageTest : IDisposable
{
    private readonly string _directory;

    protected ImageTest()
    {
        var parent = Environment.GetEnvironmentVariable("MINIDOCK_TEST_DIR") ?? "/var/tmp";
        _directory = Path.Combine(parent, $"minidock-image-{Guid.NewGuid():n}"[..22]);
        Scratch = Directory.CreateDirectory(Path.Combine(_directory, "scratch")).FullName;
        Engine = new Minidock(_directory);
        Store = new StoreView(Engine);
    }

    /// <summary>The engine; its store is empty.</summary>
    protected Minidock Engine { get; }

    /// <summary>The files of its store.</summary>
    protected StoreView Store { get; }

    /// <summary>A directory for files of the test.</summary>
    protected string Scratch { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var mount in HostMounts.PointsUnder(_directory).Reverse())
        {
            HostCommand.Run("umount", "-l", mount);
        }

        HostCommand.Run("rm", "-rf", "--one-file-system", _directory).ShouldSucceed();
        GC.SuppressFinalize(this);
    }

    /// <summary>Writes a file below the scratch directory and returns its path.</summary>
    protected string Write(string name, byte[] content)
    {
        var path = Path.Combine(Scratch, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Mounts an image's only layer and returns where.</summary>
    protected string MountLayer(string image)
    {
        var target = Directory.CreateDirectory(Path.Combine(Scratch, $"mnt-{Guid.NewGuid():n}"[..10])).FullName;
        HostCommand.Run("mount", "-t", "erofs", "-o", "ro,loop", Store.LayerOf(image), target).ShouldSucceed();
        return target;
    }
}

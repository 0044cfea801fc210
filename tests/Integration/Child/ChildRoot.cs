using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Child;

/// <summary>A directory with busybox in it that children take as their root, and a canary beside it that none may reach.</summary>
public sealed class ChildRoot : IDisposable
{
    public ChildRoot()
    {
        Top = Directory.CreateTempSubdirectory("minidock-child-").FullName;
        Root = Path.Combine(Top, "root");
        Canary = Path.Combine(Top, "canary");
        Directory.CreateDirectory(Root);
        Directory.CreateDirectory(Canary);
        File.WriteAllText(Path.Combine(Canary, "file"), "untouched");
        HostCommand.Run("tar", "-xf", BusyboxTar.Path, "-C", Root).ShouldSucceed();
    }

    public string Top { get; }

    public string Root { get; }

    public string Canary { get; }

    public string Inside(string path) => Path.Combine(Root, path.TrimStart('/'));

    /// <summary>Everything outside the root: it must be the same after a test.</summary>
    public string CanaryState() => string.Join('\n', Directory.EnumerateFileSystemEntries(Canary, "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal).Select(path => $"{path} {File.GetLastWriteTimeUtc(path):O} {(File.Exists(path) ? File.ReadAllText(path) : "")}"));

    public void Dispose() => Directory.Delete(Top, recursive: true);
}

namespace MiniDock.Engine.Containers.Copying;

/// <summary>A path of <c>cp</c>: absolute, without <c>.</c> and <c>..</c>, and what its end said: docker gives <c>/</c> and <c>/.</c> meanings of their own.</summary>
public sealed record CopyPath
{
    private CopyPath(string path, bool assertsDirectory, bool meansContents) => (Path, AssertsDirectory, MeansContents) = (path, assertsDirectory, meansContents);

    /// <summary>The path.</summary>
    public string Path { get; }

    /// <summary>Whether it ended in <c>/</c> or <c>/.</c>: it can only be a directory.</summary>
    public bool AssertsDirectory { get; }

    /// <summary>Whether it ended in <c>/.</c>, or is the root: what is in the directory is meant, not the directory.</summary>
    public bool MeansContents { get; }

    /// <summary>The last name; empty for the root.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The directory that it is in; the root is in itself.</summary>
    public string Parent => System.IO.Path.GetDirectoryName(Path) ?? "/";

    /// <summary>Reads a path.</summary>
    /// <param name="text">The path.</param>
    /// <param name="directory">What a relative one starts at.</param>
    public static CopyPath Parse(string text, string directory)
    {
        var path = System.IO.Path.GetFullPath(text, directory);
        path = path.Length > 1 ? path.TrimEnd('/') : path;
        var contents = text is "." || text.EndsWith("/.", StringComparison.Ordinal);
        return new CopyPath(path.Length == 0 ? "/" : path, contents || text.EndsWith('/'), contents || path is "/" or "");
    }

    /// <summary>The path of what a link in this path's directory leads to.</summary>
    public CopyPath Follow(string target) => new(System.IO.Path.GetFullPath(target, Parent), AssertsDirectory, MeansContents);
}

namespace MiniDock.Tests.Unit.Style;

/// <summary>A C# file that somebody wrote, not the compiler.</summary>
/// <param name="Path">Relative to the top of the checkout.</param>
/// <param name="Text">What it holds.</param>
internal sealed record SourceFile(string Path, string Text)
{
    private static readonly string[] Generated = ["bin", "obj"];

    /// <summary>Its name without directories and extension.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Its lines.</summary>
    public string[] Lines => Text.Split('\n');

    /// <summary>The files below a directory.</summary>
    public static IReadOnlyList<SourceFile> Under(string directory)
    {
        return Directory.EnumerateFiles(Repository.PathOf(directory), "*.cs", SearchOption.AllDirectories)
            .Select(path => System.IO.Path.GetRelativePath(Repository.Top, path))
            .Where(path => !path.Split('/').Any(Generated.Contains))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(path, File.ReadAllText(Repository.PathOf(path))))
            .ToList();
    }
}

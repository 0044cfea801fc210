namespace MiniDock.Tests;

/// <summary>Where the checkout is that this test program was built in.</summary>
internal static class Repository
{
    /// <summary>Its top directory.</summary>
    public static string Top { get; } = Find();

    /// <summary>A path in it.</summary>
    public static string PathOf(string relative) => Path.Combine(Top, relative);

    private static string Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "MiniDock.sln")))
            {
                return directory.FullName;
            }
        }

        throw new DirectoryNotFoundException($"no MiniDock.sln above {AppContext.BaseDirectory}");
    }
}

namespace MiniDock.Tests.Integration.Harness;

/// <summary>Files of /proc, /sys and cgroup file systems, which may be gone at any moment.</summary>
internal static class ProcFile
{
    /// <summary>The content; empty when the file is gone or may not be read.</summary>
    public static string TryRead(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>Where a link points, also one that is no path such as <c>mnt:[4026531840]</c>; empty when it is gone.</summary>
    public static string TryReadLink(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget ?? "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}

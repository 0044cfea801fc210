using MiniDock.Abstractions;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Copying;

/// <summary>Where the parts of a copy go, by docker's rules.</summary>
/// <param name="Directory">The directory that they are written into.</param>
/// <param name="Name">The name that the source gets there; empty: its contents are written into the directory itself.</param>
internal sealed record CopyTarget(string Directory, string Name)
{
    private const int ExitCode = 1;

    /// <summary>Decides.</summary>
    /// <param name="source">Path of the source.</param>
    /// <param name="isDirectory">Whether the source is a directory.</param>
    /// <param name="side">The side of the destination.</param>
    /// <param name="destination">Path of the destination.</param>
    /// <param name="shown">What the user called that.</param>
    /// <exception cref="EngineException">It cannot be copied to there; exit code 1.</exception>
    public static CopyTarget Of(CopyPath source, bool isDirectory, CopySide side, CopyPath destination, string shown)
    {
        var (path, stat) = side.Destination(destination);
        if (stat is { IsDirectory: true })
        {
            return new CopyTarget(path.Path, source.MeansContents ? "" : source.Name);
        }

        if (stat is { } found)
        {
            return isDirectory ? throw new EngineException($"copy to {shown}: ENOTDIR (cannot copy directory)", $"{shown} exists and is not a directory", ExitCode)
                : path.AssertsDirectory ? throw new EngineException($"copy to {shown}: ENOTDIR (not a directory)", exitCode: ExitCode)
                : !found.IsRegular ? throw new EngineException($"copy to {shown}: EINVAL (must be a directory or a regular file)", exitCode: ExitCode)
                : new CopyTarget(path.Parent, path.Name);
        }

        if (!isDirectory && path.AssertsDirectory)
        {
            throw new EngineException($"copy to {shown}: ENOENT (no such directory)", "make it first, or leave the / at its end out to copy to that name", ExitCode);
        }

        return side.HasDirectory(path.Parent) ? new CopyTarget(path.Parent, path.Name)
            : throw new EngineException($"copy to {shown}: ENOENT (directory {path.Parent} does not exist)", exitCode: ExitCode);
    }
}

using System.Text;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Snapshots;

/// <summary>
/// What the engine itself makes in a container's root to mount on: empty directories and files, which belong to the run and neither to the image nor to
/// what the container did. docker keeps its own in a layer that <c>diff</c> and <c>commit</c> leave out.
/// </summary>
internal static class EnginePlaces
{
    private static readonly HashSet<string> Files = ["etc/hosts", "etc/hostname", "etc/resolv.conf"];
    private static readonly HashSet<string> Directories = ["proc", "sys", "dev", "run", "tmp", "etc"];

    /// <summary>Whether a file that the image does not have like this is only a place to mount on.</summary>
    public static bool IsFile(ReadOnlySpan<byte> path, in FileStat stat) =>
        stat.IsRegular && stat.SizeBytes == 0 && Files.Contains(Encoding.Latin1.GetString(path));

    /// <summary>Whether a new directory, in which nothing is, is only a place to mount on.</summary>
    public static bool IsDirectory(ReadOnlySpan<byte> path) => Directories.Contains(Encoding.Latin1.GetString(path));
}

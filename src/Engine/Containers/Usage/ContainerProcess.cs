using System.Globalization;
using System.Text;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Usage;

/// <summary>A process of a container as <c>ps -ef</c> of the host would show it.</summary>
/// <param name="Pid">Its id on the host.</param>
/// <param name="UserId">Effective user id on the host.</param>
/// <param name="Stat">The numbers.</param>
/// <param name="Command">Its arguments, or its name in brackets. Text of the container: to be escaped.</param>
public sealed record ContainerProcess(int Pid, uint UserId, ProcessStat Stat, string Command)
{
    private const int LongestCommandBytes = 4096;

    /// <summary>Reads a process; null where it has ended.</summary>
    public static ContainerProcess? Read(int pid)
    {
        var directory = $"/proc/{pid.ToString(CultureInfo.InvariantCulture)}";
        return Files.TryStatAt(null, directory, followLink: false, out var owner) == Errno.Success && ProcessStat.Read(pid) is { } stat
            ? new ContainerProcess(pid, owner.Uid, stat, CommandLine(directory) ?? $"[{stat.Name}]")
            : null;
    }

    private static string? CommandLine(string directory)
    {
        if (Files.TryOpenAt(null, directory + "/cmdline", OpenFlags.ReadOnly, 0, out var file) != Errno.Success)
        {
            return null;
        }

        using (file)
        {
            var buffer = new byte[LongestCommandBytes];
            return Files.TryRead(file, buffer, out var count) == Errno.Success && count > 0
                ? Encoding.UTF8.GetString(buffer, 0, count).TrimEnd('\0').Replace('\0', ' ')
                : null;
        }
    }
}

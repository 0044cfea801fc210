using System.Globalization;
using System.Text;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Usage;

/// <summary>What is taken from /proc/PID/stat, proc_pid_stat(5). Times are clock ticks: a hundredth of a second each, whatever the kernel's own are.</summary>
/// <param name="Name">The program's name, as the kernel cut it.</param>
/// <param name="ParentPid">Its parent.</param>
/// <param name="Terminal">Device number of its terminal; 0 for none.</param>
/// <param name="OwnTicks">Processor time of its threads.</param>
/// <param name="ChildTicks">Processor time of its children that have ended.</param>
/// <param name="Threads">Its threads.</param>
/// <param name="StartTicks">When it started, after boot.</param>
/// <param name="ResidentPages">Pages in memory.</param>
public sealed record ProcessStat(string Name, int ParentPid, int Terminal, long OwnTicks, long ChildTicks, long Threads, long StartTicks, long ResidentPages)
{
    /// <summary>Ticks in a second, USER_HZ.</summary>
    public const long TicksPerSecond = 100;

    /// <summary>Nanoseconds of a tick.</summary>
    public const long NanosecondsPerTick = 1_000_000_000 / TicksPerSecond;

    /// <summary>Reads the file of a process; null where it has ended.</summary>
    public static ProcessStat? Read(int pid)
    {
        var buffer = new byte[1024];
        if (Files.TryOpenAt(null, $"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/stat", OpenFlags.ReadOnly, 0, out var file) != Errno.Success)
        {
            return null;
        }

        using (file)
        {
            return Files.TryRead(file, buffer, out var count) == Errno.Success && count > 0 ? Parse(Encoding.UTF8.GetString(buffer, 0, count)) : null;
        }
    }

    // The name stands in parentheses and may hold anything, so fields count from the last one: index 0 is field 3, the state.
    internal static ProcessStat? Parse(string text)
    {
        var (open, close) = (text.IndexOf('('), text.LastIndexOf(')'));
        if (open < 0 || close < open || close + 2 > text.Length || text[(close + 2)..].Split(' ') is not { Length: > 21 } fields)
        {
            return null;
        }

        long Number(int field) => long.Parse(fields[field - 3], CultureInfo.InvariantCulture);
        return new ProcessStat(
            text[(open + 1)..close], (int)Number(4), (int)Number(7), Number(14) + Number(15), Number(16) + Number(17), Number(20), Number(22), Number(24));
    }
}

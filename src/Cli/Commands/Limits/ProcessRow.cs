using System.Globalization;
using MiniDock.Engine.Containers.Usage;

namespace MiniDock.Cli.Commands.Limits;

/// <summary>A process as a row of <c>ps -ef</c>.</summary>
internal static class ProcessRow
{
    private const int PseudoTerminalMajor = 136;
    private const int PseudoTerminalMajors = 8;
    private const int ConsoleMajor = 4;

    /// <summary>The headings.</summary>
    public static readonly string[] Headers = ["UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD"];

    /// <summary>Makes the row.</summary>
    /// <param name="process">The process.</param>
    /// <param name="users">Names of the host's users by their ids.</param>
    /// <param name="uptime">How long the machine runs.</param>
    /// <param name="now">The time.</param>
    public static string[] Of(ContainerProcess process, IReadOnlyDictionary<uint, string> users, TimeSpan uptime, DateTimeOffset now)
    {
        var stat = process.Stat;
        var used = TimeSpan.FromSeconds((double)stat.OwnTicks / ProcessStat.TicksPerSecond);
        var age = uptime - TimeSpan.FromSeconds((double)stat.StartTicks / ProcessStat.TicksPerSecond);
        return
        [
            users.GetValueOrDefault(process.UserId) ?? process.UserId.ToString(CultureInfo.InvariantCulture),
            process.Pid.ToString(CultureInfo.InvariantCulture),
            stat.ParentPid.ToString(CultureInfo.InvariantCulture),
            ((int)(age > TimeSpan.Zero ? used / age * 100 : 0)).ToString(CultureInfo.InvariantCulture),
            Start((now - age).ToLocalTime(), now.ToLocalTime()),
            Terminal(stat.Terminal),
            (used.Days > 0 ? $"{used.Days}-" : "") + used.ToString("hh\\:mm\\:ss", CultureInfo.InvariantCulture),
            process.Command,
        ];
    }

    private static string Start(DateTimeOffset start, DateTimeOffset now) => start.ToString(
        start.Date == now.Date ? "HH:mm" : start.Year == now.Year ? "MMMdd" : "yyyy", CultureInfo.InvariantCulture);

    // The device number as proc_pid_stat(5) has it: the minor in bits 0 to 7 and 20 to 31, the major in 8 to 15.
    private static string Terminal(int device)
    {
        var (major, minor) = ((device >> 8) & 0xFFF, (device & 0xFF) | ((device >> 12) & 0xFFF00));
        return major is >= PseudoTerminalMajor and < PseudoTerminalMajor + PseudoTerminalMajors ? $"pts/{minor + ((major - PseudoTerminalMajor) * 256)}"
            : major == ConsoleMajor ? $"tty{minor}"
            : "?";
    }
}

using System.Globalization;

namespace MiniDock.Linux;

/// <summary>Reads and writes signals as users name them.</summary>
public static class SignalNames
{
    // SIGRTMIN as programs see it: glibc keeps 32 and 33 for itself.
    private const int RealTimeMinimum = 34;
    private const int Maximum = 64;

    private static readonly string[] Names =
    [
        "", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM", "STKFLT",
        "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS",
    ];

    /// <summary>Parses <c>9</c>, <c>KILL</c>, <c>SIGKILL</c>, <c>RTMIN+3</c>, any case.</summary>
    public static bool TryParse(string text, out Signal signal)
    {
        signal = Signal.None;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            signal = (Signal)number;
            return number is >= 1 and <= Maximum;
        }

        string name = text.StartsWith("SIG", StringComparison.OrdinalIgnoreCase) ? text[3..] : text;
        for (int i = 1; i < Names.Length; i++)
        {
            if (Names[i].Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                signal = (Signal)i;
                return true;
            }
        }

        return TryParseRealTime(name, out signal);
    }

    /// <summary><c>SIGKILL</c>, <c>SIGRTMIN+3</c>, or the number.</summary>
    public static string Name(Signal signal) => (int)signal switch
    {
        > 0 and < 32 => "SIG" + Names[(int)signal],
        RealTimeMinimum => "SIGRTMIN",
        > RealTimeMinimum and <= Maximum => $"SIGRTMIN+{(int)signal - RealTimeMinimum}",
        _ => ((int)signal).ToString(CultureInfo.InvariantCulture),
    };

    private static bool TryParseRealTime(string name, out Signal signal)
    {
        signal = Signal.None;
        int origin = name.StartsWith("RTMIN", StringComparison.OrdinalIgnoreCase) ? RealTimeMinimum
            : name.StartsWith("RTMAX", StringComparison.OrdinalIgnoreCase) ? Maximum
            : 0;
        if (origin == 0)
        {
            return false;
        }

        int offset = 0;
        char sign = origin == RealTimeMinimum ? '+' : '-';
        if (name.Length > 5
            && (name[5] != sign || !int.TryParse(name.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out offset)))
        {
            return false;
        }

        int number = origin == RealTimeMinimum ? origin + offset : origin - offset;
        signal = (Signal)number;
        return number is >= RealTimeMinimum and <= Maximum;
    }
}

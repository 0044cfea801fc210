using System.Globalization;

namespace MiniDock.Linux.Child;

/// <summary>Where things are in the memory of this process, proc_pid_stat(5).</summary>
internal static class ProcessMemory
{
    /// <summary>First address of the command line, and the one after its last; both 0 where the kernel does not tell.</summary>
    public static (long Start, long End) CommandLine()
    {
        const int startField = 48;
        string stat = File.ReadAllText("/proc/self/stat");

        // The name, field 2, may hold anything, but nothing after it holds a parenthesis: field 3 follows.
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (Field(fields, startField), Field(fields, startField + 1));
    }

    private static long Field(string[] fields, int number) =>
        fields.Length > number - 3 && long.TryParse(fields[number - 3], CultureInfo.InvariantCulture, out long value) ? value : 0;
}

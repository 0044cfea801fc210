using System.Globalization;

namespace MiniDock.Engine.Containers.Usage;

/// <summary>What processes use together, with what their ended children had used: for hosts whose control groups do not count it.</summary>
/// <param name="CpuNanoseconds">Processor time.</param>
/// <param name="ResidentBytes">Memory in use, what is shared counted for each.</param>
/// <param name="Threads">Threads.</param>
/// <param name="ReadBytes">Bytes read from block devices; null where the kernel does not tell.</param>
/// <param name="WrittenBytes">Bytes written to block devices.</param>
internal readonly record struct ProcessSum(long CpuNanoseconds, long ResidentBytes, long Threads, long? ReadBytes, long? WrittenBytes)
{
    /// <summary>Sums up.</summary>
    public static ProcessSum Of(IEnumerable<int> pids)
    {
        var sum = default(ProcessSum);
        foreach (var pid in pids)
        {
            if (ProcessStat.Read(pid) is { } stat)
            {
                var io = Counters(pid);
                sum = new ProcessSum(
                    sum.CpuNanoseconds + ((stat.OwnTicks + stat.ChildTicks) * ProcessStat.NanosecondsPerTick),
                    sum.ResidentBytes + (stat.ResidentPages * Environment.SystemPageSize),
                    sum.Threads + stat.Threads,
                    (sum.ReadBytes ?? 0) + Number(io, "read_bytes: "),
                    (sum.WrittenBytes ?? 0) + Number(io, "write_bytes: "));
            }
        }

        return sum;
    }

    private static string[] Counters(int pid)
    {
        try
        {
            return File.ReadAllLines($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/io");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static long Number(string[] lines, string key) =>
        lines.FirstOrDefault(l => l.StartsWith(key, StringComparison.Ordinal)) is { } line ? long.Parse(line.AsSpan(key.Length), CultureInfo.InvariantCulture) : 0;
}

using System.Globalization;

namespace MiniDock.Engine.Containers.Usage;

/// <summary>What went over the links of a network namespace, loopback left out.</summary>
/// <param name="ReceivedBytes">In.</param>
/// <param name="SentBytes">Out.</param>
public readonly record struct NetworkCounters(long ReceivedBytes, long SentBytes)
{
    /// <summary>Reads /proc/PID/net/dev, proc_pid_net(5); zero where the process has ended.</summary>
    public static NetworkCounters Of(int pid)
    {
        try
        {
            return Parse(File.ReadAllLines($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/net/dev"));
        }
        catch (IOException)
        {
            return default;
        }
    }

    // Two lines of headings, then "  eth0:  RECEIVED 7 more SENT 7 more".
    internal static NetworkCounters Parse(IEnumerable<string> lines)
    {
        var sum = default(NetworkCounters);
        foreach (var line in lines.Skip(2))
        {
            var colon = line.LastIndexOf(':');
            var fields = line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (colon > 0 && line[..colon].Trim() != "lo" && fields.Length > 8)
            {
                sum = new NetworkCounters(
                    sum.ReceivedBytes + long.Parse(fields[0], CultureInfo.InvariantCulture), sum.SentBytes + long.Parse(fields[8], CultureInfo.InvariantCulture));
            }
        }

        return sum;
    }
}

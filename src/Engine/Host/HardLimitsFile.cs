using System.Text;

namespace MiniDock.Engine.Host;

/// <summary>Parser of /proc/PID/limits: columns of fixed width, "Limit", "Soft Limit", "Hard Limit", "Units".</summary>
internal static class HardLimitsFile
{
    private const int LabelWidth = 26;
    private const int ColumnWidth = 21;

    /// <summary>Hard limits by the names that <c>--ulimit</c> uses; <see cref="ulong.MaxValue"/> is unlimited.</summary>
    public static Dictionary<string, ulong> Parse(ReadOnlySpan<byte> content)
    {
        var limits = new Dictionary<string, ulong>(16, StringComparer.Ordinal);
        foreach (var range in content.Split((byte)'\n'))
        {
            var line = content[range];
            if (line.Length < LabelWidth + ColumnWidth + 1 || Name(line[..LabelWidth].TrimEnd((byte)' ')) is not { } name)
            {
                continue;
            }

            var value = line[(LabelWidth + ColumnWidth)..];
            var end = value.IndexOf((byte)' ');
            value = end < 0 ? value : value[..end];
            if (value.SequenceEqual("unlimited"u8))
            {
                limits[name] = ulong.MaxValue;
            }
            else if (ulong.TryParse(value, out var number))
            {
                limits[name] = number;
            }
        }

        return limits;
    }

    private static string? Name(ReadOnlySpan<byte> label) => Encoding.ASCII.GetString(label) switch
    {
        "Max cpu time" => "cpu",
        "Max file size" => "fsize",
        "Max data size" => "data",
        "Max stack size" => "stack",
        "Max core file size" => "core",
        "Max resident set" => "rss",
        "Max processes" => "nproc",
        "Max open files" => "nofile",
        "Max locked memory" => "memlock",
        "Max address space" => "as",
        "Max file locks" => "locks",
        "Max pending signals" => "sigpending",
        "Max msgqueue size" => "msgqueue",
        "Max nice priority" => "nice",
        "Max realtime priority" => "rtprio",
        "Max realtime timeout" => "rttime",
        _ => null,
    };
}

using System.Globalization;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Engine.Containers.Creation;

/// <summary>Reads <c>--ulimit NAME=SOFT[:HARD]</c>, setrlimit(2).</summary>
internal sealed class UlimitReader(Findings findings)
{
    private static readonly string[] Names =
        ["core", "cpu", "data", "fsize", "locks", "memlock", "msgqueue", "nice", "nofile", "nproc", "rss", "rtprio", "rttime", "sigpending", "stack", "as"];

    /// <summary>The limits; one above the engine's own hard limit is lowered to it, with a warning.</summary>
    public IReadOnlyList<Rlimit> Read(IReadOnlyList<string> texts, HostFacts host)
    {
        var limits = new List<Rlimit>();
        foreach (var text in texts)
        {
            if (Parse(text) is { } limit)
            {
                limits.RemoveAll(l => l.Name == limit.Name);
                limits.Add(Clamp(limit, host));
            }
        }

        return limits;
    }

    private Rlimit? Parse(string text)
    {
        var equals = text.IndexOf('=');
        var name = equals < 0 ? text : text[..equals];
        var values = equals < 0 ? [] : text[(equals + 1)..].Split(':');
        if (Array.IndexOf(Names, name) < 0)
        {
            findings.Invalid("--ulimit", text, "no such limit", $"the limits are {string.Join(", ", Names)}");
        }
        else if (values.Length is < 1 or > 2 || Value(values[0]) is not { } soft || Value(values[^1]) is not { } hard)
        {
            findings.Invalid("--ulimit", text, "it is NAME=SOFT or NAME=SOFT:HARD", "a limit is a whole number, or -1 for none");
        }
        else if (soft > hard)
        {
            findings.Invalid("--ulimit", text, "the soft limit is above the hard limit");
        }
        else
        {
            return new Rlimit(name, soft, hard);
        }

        return null;
    }

    private Rlimit Clamp(Rlimit limit, HostFacts host)
    {
        if (!host.HardLimits.TryGetValue(limit.Name, out var most) || limit.Hard <= most)
        {
            return limit;
        }

        findings.Warnings.Add($"--ulimit {limit.Name}: lowered to {most}, the engine's own hard limit");
        return new Rlimit(limit.Name, Math.Min(limit.Soft, most), most);
    }

    private static ulong? Value(string text) =>
        text is "-1" or "unlimited" ? ulong.MaxValue
        : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value
        : null;
}

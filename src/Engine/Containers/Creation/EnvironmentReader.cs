using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Containers.Creation;

/// <summary>Puts the environment together: the engine's own, the image's, <c>--env-file</c>, then <c>-e</c>; a later one replaces an earlier one.</summary>
internal sealed class EnvironmentReader(ICreationSources sources, Findings findings)
{
    /// <summary>PATH of a container whose image sets none.</summary>
    public const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private readonly List<string> _entries = [];

    /// <summary>Reads all sources.</summary>
    public IReadOnlyList<string> Read(RunFlags flags, ImageDefaults image, string hostname)
    {
        Set("PATH", DefaultPath);
        Set("HOSTNAME", hostname);
        if (flags.Terminal)
        {
            Set("TERM", "xterm");
        }

        foreach (var entry in image.Environment)
        {
            var equals = entry.IndexOf('=');
            Set(equals < 0 ? entry : entry[..equals], equals < 0 ? "" : entry[(equals + 1)..]);
        }

        foreach (var file in flags.EnvironmentFiles)
        {
            foreach (var (line, number) in KeyValueFile.Lines(sources, findings, "--env-file", file))
            {
                var equals = line.IndexOf('=');
                var name = equals < 0 ? line : line[..equals];
                if (name.Length == 0 || name.AsSpan().ContainsAny(" \t"))
                {
                    findings.Invalid("--env-file", file, $"line {number} has no name of a variable: {line}");
                    continue;
                }

                Take(line, equals);
            }
        }

        foreach (var entry in flags.Environment)
        {
            var equals = entry.IndexOf('=');
            if (equals == 0 || entry.Length == 0)
            {
                findings.Invalid("--env", entry, "the variable has no name");
                continue;
            }

            Take(entry, equals);
        }

        return _entries;
    }

    // A name alone takes the user's own value, and unsets it where the user has none.
    private void Take(string entry, int equals)
    {
        if (equals >= 0)
        {
            Set(entry[..equals], entry[(equals + 1)..]);
        }
        else if (sources.Variable(entry) is { } value)
        {
            Set(entry, value);
        }
        else
        {
            _entries.RemoveAll(e => IsOf(e, entry));
        }
    }

    private void Set(string name, string value)
    {
        var index = _entries.FindIndex(e => IsOf(e, name));
        if (index < 0)
        {
            _entries.Add($"{name}={value}");
        }
        else
        {
            _entries[index] = $"{name}={value}";
        }
    }

    private static bool IsOf(string entry, string name) => entry.Length > name.Length && entry[name.Length] == '=' && entry.StartsWith(name, StringComparison.Ordinal);
}

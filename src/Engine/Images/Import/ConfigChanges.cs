using MiniDock.Abstractions;

namespace MiniDock.Engine.Images.Import;

/// <summary>Applies Dockerfile instructions that change an image's config (<c>--change</c>).</summary>
public static class ConfigChanges
{
    /// <exception cref="EngineException">An instruction is not known or not well formed.</exception>
    public static ImageRunConfig Apply(ImageRunConfig defaults, IEnumerable<string> changes) => changes.Aggregate(defaults, Apply);

    private static ImageRunConfig Apply(ImageRunConfig defaults, string change)
    {
        var text = change.Trim();
        var space = text.AsSpan().IndexOfAny(' ', '\t');
        var (name, rest) = space < 0 ? (text, "") : (text[..space], text[space..].Trim());
        var instruction = name.ToUpperInvariant();
        if (rest.Length == 0)
        {
            throw Bad(change, "it has no argument");
        }

        return instruction switch
        {
            "CMD" => defaults with { Command = InstructionText.Command(rest) },
            "ENTRYPOINT" => defaults with { Entrypoint = InstructionText.Command(rest) },
            "ENV" => defaults with { Environment = MergeEnvironment(defaults.Environment, Pairs(change, rest)) },
            "EXPOSE" => defaults with { ExposedPorts = [.. defaults.ExposedPorts.Union(InstructionText.Words(rest).Select(word => Port(change, word)))] },
            "LABEL" => defaults with { Labels = MergeLabels(defaults.Labels, Pairs(change, rest)) },
            "USER" => defaults with { User = rest },
            "VOLUME" => defaults with { Volumes = [.. defaults.Volumes.Union(InstructionText.JsonList(rest) ?? InstructionText.Words(rest))] },
            "WORKDIR" => defaults with { WorkingDirectory = Directory(defaults.WorkingDirectory, rest) },
            "STOPSIGNAL" => defaults with { StopSignal = rest },
            "HEALTHCHECK" => defaults with { Healthcheck = HealthcheckText.Parse(rest) ?? throw Bad(change, "NONE or CMD is expected") },
            _ => throw Bad(change, "the instruction is not known here"),
        };
    }

    private static EngineException Bad(string change, string why) => new(
        $"change '{change}': EINVAL ({why})",
        "one of CMD ENTRYPOINT ENV EXPOSE HEALTHCHECK LABEL STOPSIGNAL USER VOLUME WORKDIR, as in a Dockerfile",
        1);

    private static List<KeyValuePair<string, string>> Pairs(string change, string rest)
    {
        var words = InstructionText.Words(rest);
        if (!words[0].Contains('='))
        {
            // The old form, NAME VALUE: all that follows the name.
            var space = rest.AsSpan().IndexOfAny(' ', '\t');
            return space > 0 ? [new(rest[..space], rest[space..].Trim())] : throw Bad(change, "a value is missing");
        }

        return
        [
            .. words.Select(word =>
            {
                var equals = word.IndexOf('=');
                return equals > 0 ? new KeyValuePair<string, string>(word[..equals], word[(equals + 1)..]) : throw Bad(change, $"'{word}' has no name or no value");
            }),
        ];
    }

    private static List<string> MergeEnvironment(IReadOnlyList<string> old, List<KeyValuePair<string, string>> pairs)
    {
        var merged = old.ToList();
        foreach (var (name, value) in pairs)
        {
            merged.RemoveAll(one => one.StartsWith(name + "=", StringComparison.Ordinal));
            merged.Add($"{name}={value}");
        }

        return merged;
    }

    private static Dictionary<string, string> MergeLabels(IReadOnlyDictionary<string, string> old, List<KeyValuePair<string, string>> pairs)
    {
        var merged = new Dictionary<string, string>(old, StringComparer.Ordinal);
        foreach (var (name, value) in pairs)
        {
            merged[name] = value;
        }

        return merged;
    }

    private static string Port(string change, string word)
    {
        var parts = word.Split('/');
        var protocol = parts.Length > 1 ? parts[1].ToLowerInvariant() : "tcp";
        return parts.Length <= 2 && ushort.TryParse(parts[0], out var port) && port > 0 && protocol is "tcp" or "udp" or "sctp"
            ? $"{port}/{protocol}"
            : throw Bad(change, $"'{word}' is not a port");
    }

    private static string Directory(string current, string rest) =>
        Path.GetFullPath(rest, current.Length == 0 ? "/" : current);
}

using MiniDock.Abstractions;
using MiniDock.Engine.Containers.Creation;
using MiniDock.Engine.Containers.Sharing;

namespace MiniDock.Cli.Commands.Ns;

/// <summary><c>--filter KEY=VALUE</c> of <c>ns ls</c>: different keys all have to match, values of one key are alternatives.</summary>
internal sealed class NamespaceFilter
{
    /// <summary>The keys, for help and errors.</summary>
    public const string Keys = "type, container, host, shared, pin";

    private readonly ILookup<string, string> _conditions;

    /// <summary>Reads the conditions.</summary>
    public NamespaceFilter(IEnumerable<string> texts) =>
        _conditions = texts.Select(Parse).ToLookup(c => c.Key, c => c.Value);

    /// <summary>Whether a namespace matches.</summary>
    public bool Matches(SharedNamespace entry) => _conditions.All(key => key.Any(value => Matches(entry, key.Key, value)));

    private static (string Key, string Value) Parse(string text)
    {
        var equals = text.IndexOf('=');
        return equals > 0 && Keys.Split(", ").Contains(text[..equals])
            ? (text[..equals], text[(equals + 1)..])
            : throw new EngineException($"--filter {text}: EINVAL (no such filter)", $"the filters are {Keys}, each KEY=VALUE", exitCode: 1);
    }

    private static bool Matches(SharedNamespace entry, string key, string value) => key switch
    {
        "type" => NamespaceText.TypeOf(value) == entry.Type,
        "container" => entry.Containers.Contains(value),
        "host" => entry.IsHost == (value == "true"),
        "shared" => (entry.Containers.Count + (entry.IsHost ? 1 : 0) > 1) == (value == "true"),
        _ => entry.Pins.Contains(value),
    };
}

using MiniDock.Abstractions;

namespace MiniDock.Cli.Commands.Networks;

/// <summary><c>--filter KEY=VALUE</c> of networks: different keys all have to match, values of one key are alternatives (of <c>label</c>: all).</summary>
internal sealed class NetworkFilter
{
    /// <summary>The keys of <c>ls</c>.</summary>
    public const string Keys = "dangling, driver, id, label, name, scope, type";

    /// <summary>The keys of <c>prune</c>.</summary>
    public const string PruneKeys = "label, label!, until";

    private readonly ILookup<string, string> _conditions;
    private readonly Predicate<ListedNetwork> _isUsed;

    /// <summary>Reads the conditions.</summary>
    /// <param name="texts">As they were given.</param>
    /// <param name="keys">The keys that may be used.</param>
    /// <param name="isUsed">Whether containers are attached.</param>
    public NetworkFilter(IEnumerable<string> texts, string keys, Predicate<ListedNetwork> isUsed)
    {
        _isUsed = isUsed;
        _conditions = texts.Select(t => Parse(t, keys)).ToLookup(c => c.Key, c => c.Value);
    }

    /// <summary>Whether a network matches.</summary>
    public bool Matches(ListedNetwork network) => _conditions.All(key =>
        key.Key is "label" or "label!" ? key.All(value => Matches(network, key.Key, value)) : key.Any(value => Matches(network, key.Key, value)));

    private static (string Key, string Value) Parse(string text, string keys)
    {
        var equals = text.IndexOf('=');
        var (key, value) = equals > 0 ? (text[..equals], text[(equals + 1)..]) : (text, "");
        return equals > 0 && keys.Split(", ").Contains(key) && (key != "type" || value is "builtin" or "custom") && (key != "until" || DateTimeOffset.TryParse(value, out _))
            ? (key, value)
            : throw new EngineException($"--filter {text}: EINVAL (no such filter)", $"the filters are {keys}, each KEY=VALUE", exitCode: 1);
    }

    private bool Matches(ListedNetwork network, string key, string value) => key switch
    {
        "dangling" => (network.IsMade && !_isUsed(network)) == (value is "true" or "1"),
        "driver" => network.Driver == value,
        "id" => network.Id.StartsWith(value, StringComparison.Ordinal),
        "label" => HasLabel(network, value),
        "label!" => !HasLabel(network, value),
        "name" => network.Name.Contains(value, StringComparison.Ordinal),
        "scope" => value == "local",
        "until" => network.Definition?.Created < DateTimeOffset.Parse(value, System.Globalization.CultureInfo.InvariantCulture),
        _ => network.IsMade == (value == "custom"),
    };

    private static bool HasLabel(ListedNetwork network, string condition)
    {
        var equals = condition.IndexOf('=');
        return network.Definition?.Labels.TryGetValue(equals < 0 ? condition : condition[..equals], out var value) == true
            && (equals < 0 || value == condition[(equals + 1)..]);
    }
}

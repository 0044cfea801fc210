using MiniDock.Abstractions;
using MiniDock.Plugins.Storage.Volumes;

namespace MiniDock.Cli.Commands.Volumes;

/// <summary><c>--filter KEY=VALUE</c> of volumes: different keys all have to match, values of one key are alternatives (of <c>label</c>: all).</summary>
internal sealed class VolumeFilter
{
    /// <summary>The keys of <c>ls</c>.</summary>
    public const string Keys = "dangling, driver, label, name";

    /// <summary>The keys of <c>prune</c>.</summary>
    public const string PruneKeys = "all, label, label!";

    private readonly ILookup<string, string> _conditions;
    private readonly Predicate<VolumeDefinition> _isUsed;

    /// <summary>Reads the conditions.</summary>
    /// <param name="texts">As they were given.</param>
    /// <param name="keys">The keys that may be used.</param>
    /// <param name="isUsed">Whether containers have a volume.</param>
    public VolumeFilter(IEnumerable<string> texts, string keys, Predicate<VolumeDefinition> isUsed)
    {
        _isUsed = isUsed;
        _conditions = texts.Select(t => Parse(t, keys)).ToLookup(c => c.Key, c => c.Value);
    }

    /// <summary>Whether <c>all=true</c> is among them: volumes with a name too.</summary>
    public bool MeansAll => _conditions["all"].Any(IsTrue);

    /// <summary>Whether a volume matches.</summary>
    public bool Matches(VolumeDefinition volume) => _conditions.All(key =>
        key.Key is "label" or "label!" ? key.All(value => Matches(volume, key.Key, value)) : key.Any(value => Matches(volume, key.Key, value)));

    private static bool IsTrue(string value) => value is "true" or "1";

    private static (string Key, string Value) Parse(string text, string keys)
    {
        var equals = text.IndexOf('=');
        var (key, value) = equals > 0 ? (text[..equals], text[(equals + 1)..]) : (text, "");
        return equals > 0 && keys.Split(", ").Contains(key) && (key is not ("dangling" or "all") || value is "true" or "1" or "false" or "0")
            ? (key, value)
            : throw new EngineException($"--filter {text}: EINVAL (no such filter)", $"the filters are {keys}, each KEY=VALUE", exitCode: 1);
    }

    private bool Matches(VolumeDefinition volume, string key, string value) => key switch
    {
        "dangling" => !_isUsed(volume) == IsTrue(value),
        "driver" => volume.Driver == value,
        "label" => HasLabel(volume, value),
        "label!" => !HasLabel(volume, value),
        "name" => volume.Name.Contains(value, StringComparison.Ordinal),
        _ => true,
    };

    private static bool HasLabel(VolumeDefinition volume, string condition)
    {
        var equals = condition.IndexOf('=');
        return volume.Labels.TryGetValue(equals < 0 ? condition : condition[..equals], out var value) && (equals < 0 || value == condition[(equals + 1)..]);
    }
}

using System.Globalization;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Containers.Store;

namespace MiniDock.Cli.Commands.Containers;

/// <summary><c>--filter KEY=VALUE</c> of <c>ps</c>: different keys all have to match, values of one key are alternatives; labels all have to match.</summary>
internal sealed class ContainerFilter
{
    /// <summary>The keys, for help and errors.</summary>
    public const string Keys = "id, name, status, exited, health, label, ancestor, network, before, since";

    private readonly List<(string Key, string Value)> _conditions = [];
    private readonly Dictionary<string, Container> _references = [];

    /// <summary>Reads the conditions.</summary>
    public ContainerFilter(IEnumerable<string> texts, ContainerStore store)
    {
        foreach (var text in texts)
        {
            var equals = text.IndexOf('=');
            var (key, value) = equals < 0 ? (text, "") : (text[..equals], text[(equals + 1)..]);
            if (equals <= 0 || !Keys.Split(", ").Contains(key))
            {
                throw new EngineException($"--filter {text}: EINVAL (no such filter)", $"the filters are {Keys}, each KEY=VALUE", exitCode: 1);
            }

            if (key is "before" or "since")
            {
                _references[value] = store.Find(value);
            }

            _conditions.Add((key, value));
        }
    }

    /// <summary>Whether containers that do not run may match: docker shows them when their status is asked for.</summary>
    public bool AsksForStatus => _conditions.Exists(c => c.Key is "status" or "exited");

    /// <summary>Whether a container matches.</summary>
    public bool Matches(Container container) =>
        _conditions.GroupBy(c => c.Key).All(g => g.Key == "label" ? g.All(c => Matches(container, c)) : g.Any(c => Matches(container, c)));

    private bool Matches(Container container, (string Key, string Value) condition)
    {
        var (spec, value) = (container.Spec, condition.Value);
        return condition.Key switch
        {
            "id" => spec.Id.Value.StartsWith(value, StringComparison.Ordinal),
            "name" => spec.Name.Contains(value, StringComparison.Ordinal),
            "status" => ContainerRow.StateName(container.State.Status) == value,
            "exited" => container.State.Status == ContainerStatus.Exited && container.State.ExitCode.ToString(CultureInfo.InvariantCulture) == value,
            "health" => (container.Health is { } health ? HealthInspection.StatusName(health.Status) : "none") == value,
            "label" => MatchesLabel(spec, value),
            "ancestor" => spec.Image.Reference == value || spec.Image.Reference == value + ":latest" || spec.Image.Reference + ":latest" == value
                || (value.Length >= 6 && spec.Image.Id.Hex.StartsWith(value.Replace("sha256:", "", StringComparison.Ordinal), StringComparison.Ordinal)),
            "network" => spec.Networks.Any(n => n.Provider == value || n.ToString() == value),
            "before" => spec.Created < _references[value].Spec.Created,
            "since" => spec.Created > _references[value].Spec.Created,
            _ => false,
        };
    }

    private static bool MatchesLabel(ContainerSpec spec, string value)
    {
        var equals = value.IndexOf('=');
        return spec.Labels.TryGetValue(equals < 0 ? value : value[..equals], out var found) && (equals < 0 || found == value[(equals + 1)..]);
    }
}

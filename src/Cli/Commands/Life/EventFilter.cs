using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Events;

namespace MiniDock.Cli.Commands.Life;

/// <summary><c>--filter KEY=VALUE</c> of <c>events</c>: different keys all have to match, values of one key are alternatives; labels all have to match.</summary>
internal sealed class EventFilter
{
    /// <summary>The keys, for help and errors.</summary>
    public const string Keys = "container, event, image, label, network, scope, type";

    private readonly List<IGrouping<string, (string Key, string Value)>> _conditions;

    /// <summary>Reads the conditions.</summary>
    public EventFilter(IEnumerable<string> texts)
    {
        var conditions = new List<(string Key, string Value)>();
        foreach (var text in texts)
        {
            var equals = text.IndexOf('=');
            if (equals <= 0 || !Keys.Split(", ").Contains(text[..equals]))
            {
                throw new EngineException($"--filter {text}: EINVAL (no such filter)", $"the filters are {Keys}, each KEY=VALUE", exitCode: 1);
            }

            conditions.Add((text[..equals], text[(equals + 1)..]));
        }

        _conditions = [.. conditions.GroupBy(c => c.Key)];
    }

    /// <summary>Whether an event matches.</summary>
    public bool Matches(EngineEvent happened) =>
        _conditions.TrueForAll(g => g.Key == "label" ? g.All(c => Matches(happened, c.Key, c.Value)) : g.Any(c => Matches(happened, c.Key, c.Value)));

    private static bool Matches(EngineEvent happened, string key, string value) => key switch
    {
        "type" => happened.Type == value,
        "scope" => value == "local",

        // exec_create and health_status say more behind a colon.
        "event" => happened.Action == value || happened.Action.StartsWith(value + ":", StringComparison.Ordinal),
        "container" => happened.Type == EngineEvent.Container && (happened.Attribute("name") == value || IsId(happened.Id, value)),
        "image" => happened.Type == EngineEvent.Image
            ? IsImage(happened.Attribute("name"), value) || IsId(happened.Id.Replace("sha256:", "", StringComparison.Ordinal), value.Replace("sha256:", "", StringComparison.Ordinal))
            : IsImage(happened.Attribute("image"), value),
        "network" => happened.Type == EngineEvent.Network && (happened.Attribute("name") == value || IsId(happened.Id, value)),
        "label" => value.IndexOf('=') is var equals and >= 0
            ? happened.Attribute(value[..equals]) == value[(equals + 1)..]
            : happened.Attribute(value) is not null,
        _ => false,
    };

    private static bool IsId(string id, string value) => value.Length > 0 && id.StartsWith(value, StringComparison.Ordinal);

    // busybox and busybox:latest are one; a name without a tag matches every tag, as docker's filter does.
    private static bool IsImage(string? name, string value) =>
        name is not null && (name == value || (ImageReference.TryParse(name, out var image) && (image.ToString() == value || image.Name == value)));
}

using System.IO.Enumeration;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Images.Store;

namespace MiniDock.Cli.Commands.Images;

/// <summary><c>--filter KEY=VALUE</c> of <c>images</c>: all have to match, references are alternatives.</summary>
internal sealed class ImageFilter
{
    /// <summary>The keys, for help and errors.</summary>
    public const string Keys = "reference, dangling, label, before, since";

    private readonly List<(string Key, string Value)> _conditions = [];
    private readonly Dictionary<string, DateTimeOffset> _times = [];

    /// <summary>Reads the conditions.</summary>
    public ImageFilter(IEnumerable<string> texts, ImageStore store)
    {
        foreach (var text in texts)
        {
            var equals = text.IndexOf('=');
            var (key, value) = equals < 0 ? (text, "") : (text[..equals], text[(equals + 1)..]);
            if (equals <= 0 || !Keys.Split(", ").Contains(key) || (key == "dangling" && value is not ("true" or "false")))
            {
                throw new EngineException($"--filter {text}: EINVAL (no such filter)", $"the filters are {Keys}, each KEY=VALUE; dangling is true or false", 1);
            }

            if (key is "before" or "since")
            {
                _times[value] = store.Resolve(value).Config.Created ?? default;
            }

            _conditions.Add((key, value));
        }
    }

    /// <summary>Whether an image under a name matches.</summary>
    public bool Matches(ImageSummary image, ImageReference? name) =>
        _conditions.GroupBy(c => c.Key == "reference").All(group => group.Key
            ? group.Any(c => name is { } one && MatchesName(one, c.Value))
            : group.All(c => Matches(image, c.Key, c.Value)));

    /// <summary>Whether a name is meant by a pattern with or without a tag.</summary>
    public static bool MatchesName(ImageReference name, string pattern) =>
        FileSystemName.MatchesSimpleExpression(pattern, name.Name, ignoreCase: false)
        || FileSystemName.MatchesSimpleExpression(pattern, name.ToString(), ignoreCase: false);

    private bool Matches(ImageSummary image, string key, string value) => key switch
    {
        "dangling" => image.References.Count == 0 == (value == "true"),
        "label" => MatchesLabel(image, value),
        "before" => image.Config.Created < _times[value],
        "since" => image.Config.Created > _times[value],
        _ => false,
    };

    private static bool MatchesLabel(ImageSummary image, string value)
    {
        var equals = value.IndexOf('=');
        return image.Config.RunConfig.Labels.TryGetValue(equals < 0 ? value : value[..equals], out var found)
            && (equals < 0 || found == value[(equals + 1)..]);
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using MiniDock.Cli.Output;
using MiniDock.Engine.Events;

namespace MiniDock.Cli.Commands.Life;

/// <summary>An event as docker shows it. What comes from a container or an image cannot steer the terminal.</summary>
internal static class EventText
{
    private const string Scope = "local";
    private const long NanosecondsInTick = 100;

    /// <summary>One line: time, type, action, id and attributes by name.</summary>
    public static string Line(EngineEvent happened)
    {
        var attributes = Sorted(happened).Select(a => $"{a.Key}={a.Value}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{happened.Time.ToLocalTime():yyyy-MM-ddTHH:mm:ss.fffffff00zzz} {happened.Type} {TerminalText.Escape(happened.Action)} {happened.Id} ({TerminalText.Escape(string.Join(", ", attributes))})");
    }

    /// <summary>docker's JSON object, on one line.</summary>
    public static string Json(EngineEvent happened)
    {
        var json = new JsonObject { ["status"] = happened.Action, ["id"] = happened.Id };
        if (happened.Type == EngineEvent.Container)
        {
            json["from"] = happened.Attribute("image");
        }

        json["Type"] = happened.Type;
        json["Action"] = happened.Action;
        json["Actor"] = Actor(happened, escaped: false);
        json["scope"] = Scope;
        json["time"] = happened.Time.ToUnixTimeSeconds();
        json["timeNano"] = Nanoseconds(happened);
        return JsonText.OneLine(json);
    }

    /// <summary>The fields of templates.</summary>
    public static JsonObject Fields(EngineEvent happened) => new()
    {
        ["Status"] = TerminalText.Escape(happened.Action),
        ["ID"] = happened.Id,
        ["From"] = happened.Type == EngineEvent.Container ? TerminalText.Escape(happened.Attribute("image") ?? "") : "",
        ["Type"] = happened.Type,
        ["Action"] = TerminalText.Escape(happened.Action),
        ["Actor"] = Actor(happened, escaped: true),
        ["Scope"] = Scope,
        ["Time"] = happened.Time.ToUnixTimeSeconds(),
        ["TimeNano"] = Nanoseconds(happened),
    };

    private static JsonObject Actor(EngineEvent happened, bool escaped)
    {
        var attributes = new JsonObject();
        foreach (var (name, value) in Sorted(happened))
        {
            attributes[name] = escaped ? TerminalText.Escape(value) : value;
        }

        return new JsonObject { ["ID"] = happened.Id, ["Attributes"] = attributes };
    }

    private static IEnumerable<KeyValuePair<string, string>> Sorted(EngineEvent happened) => happened.Attributes.OrderBy(a => a.Key, StringComparer.Ordinal);

    private static long Nanoseconds(EngineEvent happened) => (happened.Time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * NanosecondsInTick;
}

using System.Text.Json.Nodes;
using MiniDock.Cli.Commands.Containers;
using MiniDock.Engine.Images;
using MiniDock.Engine.Images.Store;

namespace MiniDock.Cli.Commands.Images;

/// <summary>An image in the shape of docker's <c>image inspect</c>.</summary>
internal static class ImageInspection
{
    /// <summary>Finds and describes an image; null where there is none.</summary>
    public static JsonObject? Of(ImageStore store, string name)
    {
        if (store.Find(name) is not { } image)
        {
            return null;
        }

        var config = image.Config;
        var names = store.NamesOf(image.Id);
        return new JsonObject
        {
            ["Id"] = image.Id.ToString(),
            ["RepoTags"] = List(names.Select(one => one.ToString())),
            ["RepoDigests"] = new JsonArray(),
            ["Parent"] = "",
            ["Comment"] = config.History.LastOrDefault()?.Comment ?? "",
            ["Created"] = config.Created is { } created ? created.UtcDateTime.ToString("O", null) : "",
            ["Author"] = config.Author ?? "",
            ["Config"] = RunConfig(config.RunConfig),
            ["Architecture"] = config.Architecture,
            ["Os"] = config.Os,
            ["Size"] = config.DiffIds.Sum(store.ContentBytes),
            ["GraphDriver"] = new JsonObject
            {
                ["Data"] = new JsonObject { ["Layers"] = List(config.DiffIds.Select(store.LayerFile)) },
                ["Name"] = "erofs",
            },
            ["RootFS"] = new JsonObject { ["Type"] = "layers", ["Layers"] = List(config.DiffIds.Select(id => id.ToString())) },
        };
    }

    private static JsonObject RunConfig(ImageRunConfig config)
    {
        var shown = new JsonObject
        {
            ["User"] = config.User,
            ["ExposedPorts"] = Set(config.ExposedPorts),
            ["Env"] = List(config.Environment),
            ["Cmd"] = config.Command is null ? null : List(config.Command),
            ["Entrypoint"] = config.Entrypoint is null ? null : List(config.Entrypoint),
            ["Volumes"] = Set(config.Volumes),
            ["WorkingDir"] = config.WorkingDirectory,
            ["Labels"] = new JsonObject(config.Labels.Select(one => KeyValuePair.Create<string, JsonNode?>(one.Key, one.Value))),
        };
        if (config.StopSignal is not null)
        {
            shown["StopSignal"] = config.StopSignal;
        }

        if (config.Healthcheck is { } check)
        {
            shown["Healthcheck"] = HealthInspection.Of(check);
        }

        return shown;
    }

    private static JsonArray List(IEnumerable<string> values) => new([.. values.Select(value => (JsonNode)JsonValue.Create(value))]);

    private static JsonObject? Set(IReadOnlyList<string> values) => values.Count == 0
        ? null
        : new JsonObject(values.Select(value => KeyValuePair.Create<string, JsonNode?>(value, new JsonObject())));
}

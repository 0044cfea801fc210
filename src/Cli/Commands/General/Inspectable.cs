using System.Text.Json.Nodes;

namespace MiniDock.Cli.Commands.General;

/// <summary>A kind of object that <c>inspect</c> shows.</summary>
/// <param name="Type">Its name, <c>container</c>, <c>image</c>, <c>volume</c> or <c>network</c>.</param>
/// <param name="Find">Finds one by name or id and describes it; null: there is none.</param>
internal sealed record Inspectable(string Type, Func<CliContext, string, JsonObject?> Find)
{
    /// <summary>All kinds; a name is looked for in this order.</summary>
    public static readonly Inspectable[] All =
    [
        new("container", (context, name) => context.Engine.Store.Resolve(name) is { } id && context.Engine.Store.Read(id) is { } container
            ? Containers.ContainerInspection.Of(container, context.Paths)
            : null),
        new("image", (context, name) => Images.ImageInspection.Of(context.Engine.Images, name)),
        new("volume", Volumes.VolumeDescription.Of),
        new("network", Networks.NetworkDescription.Of),
    ];
}

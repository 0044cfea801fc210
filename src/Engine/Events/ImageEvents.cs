using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Events;

/// <summary>Events of images, with docker's attributes.</summary>
public static class ImageEvents
{
    /// <summary>An event: <c>import tag untag delete</c>.</summary>
    /// <param name="id">The image.</param>
    /// <param name="action">What.</param>
    /// <param name="name">The name that was given or taken; null: the id stands for it.</param>
    public static EngineEvent Of(Digest id, string action, ImageReference? name = null) =>
        new(EngineEvent.Image, action, id.ToString(), [new("name", name?.ToString() ?? id.ToString())]);
}

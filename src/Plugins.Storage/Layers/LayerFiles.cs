using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Plugins.Storage.Layers;

/// <summary>The layers that a container's image has, lowest first, each once: overlay takes no directory twice, and of two that are the same only the upper one is seen.</summary>
internal static class LayerFiles
{
    public static List<string> Of(RootRequest request) => [.. Distinct(request).Select(request.Paths.LayerFile)];

    public static IEnumerable<Digest> Distinct(RootRequest request) => request.Spec.Image.DiffIds.Reverse().Distinct().Reverse();

    public static string? FirstOf(RootRequest request) =>
        request.Spec.Image.DiffIds.Count == 0 ? null : request.Paths.LayerFile(request.Spec.Image.DiffIds[0]);
}

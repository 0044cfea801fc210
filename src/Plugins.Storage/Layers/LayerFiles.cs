using MiniDock.Abstractions.Providers;

namespace MiniDock.Plugins.Storage.Layers;

/// <summary>The layers that a container's image has, lowest first, each file once.</summary>
internal static class LayerFiles
{
    public static List<string> Of(RootRequest request) =>
        [.. request.Spec.Image.DiffIds.Distinct().Select(request.Paths.LayerFile)];

    public static string? FirstOf(RootRequest request) =>
        request.Spec.Image.DiffIds.Count == 0 ? null : request.Paths.LayerFile(request.Spec.Image.DiffIds[0]);
}

using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Engine.Images.Store;

/// <summary>Where things lie in the image store.</summary>
/// <param name="Engine">The engine's directories.</param>
internal sealed record StorePaths(EnginePaths Engine)
{
    /// <summary>The store's directory.</summary>
    public string Root { get; } = Engine.Images;

    /// <summary>Held exclusively, for moments, by whatever changes the store.</summary>
    public string Lock => Path.Combine(Root, "lock");

    /// <summary>A directory for each image, named by its id, with <c>config.json</c> and <c>manifest.json</c>.</summary>
    public string Images => Path.Combine(Root, "config");

    /// <summary>A file for each layer, named by its diff id.</summary>
    public string Layers => Path.Combine(Root, "layers");

    /// <summary>A directory for each repository, a file for each tag, holding an image's id.</summary>
    public string Tags => Path.Combine(Root, "tags");

    /// <summary>What is being made; a directory whose lock nobody holds is rubbish.</summary>
    public string Staging => Path.Combine(Root, "staging");

    public string Image(Digest id) => Path.Combine(Images, id.Hex);

    public string Config(Digest id) => Path.Combine(Images, id.Hex, "config.json");

    public string Manifest(Digest id) => Path.Combine(Images, id.Hex, "manifest.json");

    public string Layer(Digest diffId) => Engine.LayerFile(diffId);

    public string ExtractedLayers => Path.Combine(Root, "extracted");

    public string Extracted(Digest diffId) => Engine.LayerDirectory(diffId);

    public string Repository(string name) => Path.Combine(Tags, name.Replace("/", "%2F", StringComparison.Ordinal));

    public string Tag(ImageReference reference) => Path.Combine(Repository(reference.Name), reference.Tag);

    public static string RepositoryName(string directoryName) => directoryName.Replace("%2F", "/", StringComparison.Ordinal);
}

using System.Text.Json;
using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Images;

/// <summary>The image store as it lies on disk.</summary>
public sealed class StoreView(Minidock engine)
{
    private string Root => Path.Combine(engine.Root, "images");

    public string[] Layers => Names("layers");

    public string[] Images => Names("config");

    public string[] Staging => Names("staging");

    public string[] Tags => [.. Names("tags").SelectMany(name => Names(Path.Combine("tags", name)).Select(tag => $"{name}:{tag}"))];

    /// <summary>The file of an image's only layer.</summary>
    public string LayerOf(string image) => Path.Combine(Root, "layers", Assert.Single(DiffIds(IdOf(image))));

    /// <summary>The id that a tag holds.</summary>
    public string IdOf(string image) => File.ReadAllText(Path.Combine(Root, "tags", image, "latest")).Trim()["sha256:".Length..];

    public string[] DiffIds(string id)
    {
        using var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Root, "config", id, "config.json")));
        return [.. config.RootElement.GetProperty("rootfs").GetProperty("diff_ids").EnumerateArray().Select(one => one.GetString()!["sha256:".Length..])];
    }

    /// <summary>Fails the test unless every tag leads to an image, every image has its layers, and nothing else is there.</summary>
    public void ShouldBeWhole()
    {
        var images = Images;
        Assert.All(Tags, tag => Assert.Contains(File.ReadAllText(Path.Combine(Root, "tags", tag.Replace(':', '/'))).Trim()["sha256:".Length..], images));
        var needed = images.SelectMany(DiffIds).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(needed, Layers);
        Assert.Empty(Staging);
    }

    /// <summary>Fails the test unless the store takes no room at all.</summary>
    public void ShouldBeEmpty()
    {
        Assert.Empty(Layers);
        Assert.Empty(Images);
        Assert.Empty(Tags);
        Assert.Empty(Staging);
    }

    private string[] Names(string directory)
    {
        var path = Path.Combine(Root, directory);
        return Directory.Exists(path) ? [.. Directory.GetFileSystemEntries(path).Select(one => Path.GetFileName(one)!).Order(StringComparer.Ordinal)] : [];
    }
}

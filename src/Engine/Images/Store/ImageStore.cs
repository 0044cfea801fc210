using System.Text.Json;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Events;
using MiniDock.Engine.Images.Erofs;
using MiniDock.Engine.Images.Import;
using MiniDock.Linux;

namespace MiniDock.Engine.Images.Store;

/// <summary>
/// The images of one root, addressed by content. Readers take no lock: everything appears and goes by one rename or unlink.
/// Whatever changes the store holds its lock for that moment.
/// </summary>
public sealed class ImageStore(EnginePaths enginePaths)
{
    private const int ReadAttempts = 5;

    private readonly StorePaths _paths = new(enginePaths);

    internal StorePaths Paths => _paths;

    internal TagStore Tags => new(_paths);

    internal EventLog Events => new(enginePaths);

    /// <summary>The file that holds a layer, whether or not it is there.</summary>
    public string LayerFile(Digest diffId) => _paths.Layer(diffId);

    /// <summary>Keeps images from being removed until disposed: for the time between finding an image and making it known that a container uses it.</summary>
    public StoreLock HoldImages() => StoreLock.Take(_paths, exclusive: false);

    /// <summary>Finds an image by name, digest, or the beginning of its id.</summary>
    /// <exception cref="EngineException">There is none, or several begin so.</exception>
    public StoredImage Resolve(string text) => Find(text) ?? throw new EngineException(
        $"image {text}: not found", "see what there is with: minidock images; add one with: minidock import FILE NAME");

    /// <summary>Finds an image by name, digest, or the beginning of its id; null when there is none.</summary>
    public StoredImage? Find(string text)
    {
        // Between reading a tag and reading its image, the image may be replaced and removed: then the tag is read again.
        for (var attempt = 0; attempt < ReadAttempts; attempt++)
        {
            if (FindId(text) is not { } id)
            {
                return null;
            }

            if (Read(id) is { } image)
            {
                return image;
            }
        }

        return null;
    }

    /// <summary>Reads an image by its id; null when it is not there.</summary>
    /// <exception cref="EngineException">Its config is not the one that the id names.</exception>
    public StoredImage? Read(Digest id)
    {
        byte[] json;
        try
        {
            json = File.ReadAllBytes(_paths.Config(id));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        if (ContentDigest.Of(json) != id)
        {
            throw Damaged(id, "has another digest than its name says");
        }

        try
        {
            return new StoredImage(id, ImageConfigReader.Read(json));
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            throw Damaged(id, "is not an image config", e);
        }
    }

    private EngineException Damaged(Digest id, string how, Exception? cause = null) => new(
        $"image {id.Short}: damaged ({_paths.Config(id)} {how})", $"remove it with: minidock rmi -f {id.Short}; then import it again; minidock system check looks for more", 125, cause);

    /// <summary>Ids of all images, named or not.</summary>
    public List<Digest> Ids()
    {
        try
        {
            return [.. Directory.EnumerateDirectories(_paths.Images)
                .Select(path => Digest.TryParse(Path.GetFileName(path), out var id) ? id : (Digest?)null)
                .OfType<Digest>()];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    /// <summary>All names of images, in order.</summary>
    public List<ImageReference> Names() => [.. Tags.List().Select(tag => tag.Reference)];

    /// <summary>The names of one image, in order.</summary>
    public List<ImageReference> NamesOf(Digest id) => [.. Tags.List().Where(tag => tag.Id == id).Select(tag => tag.Reference)];

    /// <summary>Bytes of all files in a layer; 0 when it is gone.</summary>
    public long ContentBytes(Digest diffId) => Head(diffId)?.ContentBytes ?? 0;

    /// <summary>Names an image once more; a name that another image had moves.</summary>
    public void Tag(string source, ImageReference target)
    {
        using var _ = StoreLock.Take(_paths, exclusive: true);
        var id = Resolve(source).Id;
        using var staging = StagingDirectory.Create(_paths);
        Tags.Set(target, id, staging);
        Events.Append(ImageEvents.Of(id, "tag", target));
    }

    /// <summary>A private directory for an import.</summary>
    /// <param name="users">Who uses images, so that what a killed import left can be told from what is used.</param>
    /// <param name="durable">Whether the image must outlast a power cut.</param>
    public StagingDirectory BeginStaging(IImageUsers users, bool durable = true)
    {
        Files.CreateDirectories(_paths.Root, 0x1C0);
        using var _ = StoreLock.Take(_paths, exclusive: true);
        if (StagingDirectory.RemoveDead(_paths) > 0)
        {
            // A killed import may have published its layer but not its image.
            new LayerSweep(this, users).Run();
        }

        return StagingDirectory.Create(_paths, durable);
    }

    /// <summary>Makes an image known, of layers of the store and one that is new: its file lies on disk in the staging directory already.</summary>
    /// <exception cref="EngineException">Another layer that the config names is not there any more; exit code 1.</exception>
    public Digest Publish(StagingDirectory staging, string layerFile, BuiltLayer layer, ImageConfig config, ImageReference? reference)
    {
        var json = ImageConfigWriter.Write(config);
        var id = ContentDigest.Of(json);
        var directory = Path.Combine(staging.DirectoryPath, "image");
        Files.MkdirAt(null, directory, 0x1C0);
        staging.Write(Path.Combine(directory, "config.json"), json);
        using var _ = StoreLock.Take(_paths, exclusive: true);
        var layers = config.DiffIds.Select(one => (one, one == layer.DiffId ? layer.TarBytes : TarBytes(one))).ToList();
        staging.Write(Path.Combine(directory, "manifest.json"), ManifestWriter.Write(id, json.Length, layers));
        staging.Settle(directory);
        Files.CreateDirectories(_paths.Layers, 0x1C0);
        Files.CreateDirectories(_paths.Images, 0x1C0);
        if (Head(layer.DiffId) is null)
        {
            Files.RenameAt2(null, layerFile, null, _paths.Layer(layer.DiffId));
            staging.Settle(_paths.Layers);
        }

        // The same config exists only where the same import ran within the same instant.
        if (Files.TryRenameAt2(null, directory, null, _paths.Image(id), RenameFlags.NoReplace) == Errno.Success)
        {
            staging.Settle(_paths.Images);
        }

        if (reference is { } name)
        {
            Tags.Set(name, id, staging);
        }

        return id;
    }

    /// <summary>Replaces an image's manifest.</summary>
    internal void WriteManifest(Digest id, byte[] json)
    {
        using var _ = StoreLock.Take(_paths, exclusive: true);
        using var staging = StagingDirectory.Create(_paths);
        var temporary = Path.Combine(staging.DirectoryPath, "manifest.json");
        staging.Write(temporary, json);
        Files.RenameAt2(null, temporary, null, _paths.Manifest(id), default);
        staging.Settle(_paths.Image(id));
    }

    private long TarBytes(Digest diffId) => Head(diffId)?.TarBytes
        ?? throw new EngineException($"layer {diffId.Short}: ENOENT (it was removed meanwhile)", "import the image again", 1);

    internal bool Exists(Digest id) => Directory.Exists(_paths.Image(id));

    internal LayerHead? Head(Digest diffId)
    {
        if (Files.TryOpenAt(null, _paths.Layer(diffId), OpenFlags.ReadOnly, 0, out var file) != Errno.Success)
        {
            return null;
        }

        using (file)
        {
            var head = new byte[ErofsLayout.HeadBytes];
            return RandomAccess.Read(file, head, 0) == head.Length ? LayerHead.Read(head) : null;
        }
    }

    /// <summary>The id that a text stands for, whether or not that image can be read; null when nothing is known of it.</summary>
    internal Digest? FindId(string text)
    {
        if (Digest.TryParse(text, out var id))
        {
            return id;
        }

        if (ImageReference.TryParse(text, out var reference) && Tags.Find(reference) is { } tagged)
        {
            return tagged;
        }

        var prefix = text.StartsWith("sha256:", StringComparison.Ordinal) ? text["sha256:".Length..] : text;
        if (prefix.Length == 0 || prefix.AsSpan().ContainsAnyExcept("0123456789abcdef"))
        {
            return null;
        }

        var found = Ids().Where(one => one.Hex.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        return found.Count switch
        {
            0 => null,
            1 => found[0],
            _ => throw new EngineException($"image {text}: {found.Count} ids begin so", "give more digits of the id"),
        };
    }
}

namespace MiniDock.Abstractions.Model;

/// <summary>An image among a container's mounts, as it was when the container was created.</summary>
public static class ImageMount
{
    /// <summary>The type's name.</summary>
    public const string TypeName = "image";

    /// <summary>Option with the digest of its config.</summary>
    public const string Id = "id";

    /// <summary>Option with its diff ids, separated by blanks.</summary>
    public const string Layers = "layers";

    /// <summary>Option with the directory in it that is mounted; without, its root.</summary>
    public const string Subpath = "subpath";

    /// <summary>The mount of an image; it is read-only.</summary>
    public static MountSpec Of(ImageSelection image, string target, string subpath, IReadOnlyList<string> flags)
    {
        var options = new Dictionary<string, string> { [Id] = image.Id.ToString(), [Layers] = string.Join(' ', image.DiffIds) };
        if (subpath.Length > 0)
        {
            options[Subpath] = subpath;
        }

        return new MountSpec { Type = TypeName, Source = image.Reference, Target = target, ReadOnly = true, Flags = flags, Options = options };
    }

    /// <summary>The image of a mount.</summary>
    public static ImageSelection ImageOf(MountSpec mount) => new(
        mount.Source, Digest.Parse(mount.Options[Id]), [.. mount.Options[Layers].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Digest.Parse)]);
}

using System.Text;
using MiniDock.Abstractions.Model;
using MiniDock.Linux;

namespace MiniDock.Engine.Images.Store;

/// <summary>Names of images: a file each. Readers need no lock, a file is whole or not there.</summary>
internal sealed class TagStore(StorePaths paths)
{
    public Digest? Find(ImageReference reference) => Read(paths.Tag(reference));

    /// <summary>All names with what they name, in order of name.</summary>
    public List<(ImageReference Reference, Digest Id)> List()
    {
        var tags = new List<(ImageReference, Digest)>();
        foreach (var repository in Names(paths.Tags))
        {
            foreach (var tag in Names(Path.Combine(paths.Tags, repository)))
            {
                if (ImageReference.TryParse($"{StorePaths.RepositoryName(repository)}:{tag}", out var reference) && Find(reference) is { } id)
                {
                    tags.Add((reference, id));
                }
            }
        }

        return tags;
    }

    /// <summary>The files of all names, also of those that hold no image's id any more.</summary>
    public IEnumerable<(string Path, string Name, Digest? Id)> Files() =>
        from repository in Names(paths.Tags)
        from tag in Names(Path.Combine(paths.Tags, repository))
        let path = Path.Combine(paths.Tags, repository, tag)
        select (path, $"{StorePaths.RepositoryName(repository)}:{tag}", Read(path));

    /// <summary>Names an image; the caller holds the store's lock.</summary>
    public void Set(ImageReference reference, Digest id, StagingDirectory staging)
    {
        var repository = paths.Repository(reference.Name);
        Linux.Files.CreateDirectories(repository, 0x1C0);
        var temporary = Path.Combine(staging.DirectoryPath, "tag");
        staging.Write(temporary, Encoding.ASCII.GetBytes($"{id}\n"));
        Linux.Files.RenameAt2(null, temporary, null, paths.Tag(reference));
        staging.Settle(repository);
        staging.Settle(paths.Tags);
    }

    /// <summary>Takes a name away; the caller holds the store's lock.</summary>
    public void Remove(ImageReference reference)
    {
        _ = Linux.Files.TryUnlinkAt(null, paths.Tag(reference));
        _ = Linux.Files.TryUnlinkAt(null, paths.Repository(reference.Name), removeDirectory: true);
    }

    /// <summary>Takes away the file of a name whatever it holds; the caller holds the store's lock.</summary>
    public static void RemoveFile(string path)
    {
        Linux.Files.RemoveTree(null, path);
        _ = Linux.Files.TryUnlinkAt(null, Path.GetDirectoryName(path)!, removeDirectory: true);
    }

    private static List<string> Names(string directory)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(directory).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    private static Digest? Read(string path)
    {
        try
        {
            return Digest.TryParse(File.ReadAllText(path).TrimEnd('\n'), out var id) ? id : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}

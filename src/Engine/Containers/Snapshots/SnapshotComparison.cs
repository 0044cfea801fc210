using Microsoft.Win32.SafeHandles;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Snapshots;

/// <summary>
/// Finds what a container has changed. The writable layer only tells where to look: what is there, and what was, are read from the container's root and from
/// its image, both as the kernel merges them. So whiteouts, opaque and renamed directories mean exactly what they mean to the container.
/// </summary>
/// <param name="merged">The container's root.</param>
/// <param name="image">Its image's root.</param>
/// <param name="written">Its writable layer.</param>
internal sealed class SnapshotComparison(SafeFileHandle merged, SafeFileHandle image, SafeFileHandle written)
{
    private const ResolveFlags Below = ResolveFlags.Beneath | ResolveFlags.NoSymlinks | ResolveFlags.NoMagicLinks;

    private readonly List<SnapshotChange> _changes = [];

    /// <summary>All changes, in order of paths; a directory stands before what is in it.</summary>
    public IReadOnlyList<SnapshotChange> Run()
    {
        Compare([], hasOld: true, isPure: false);
        return _changes;
    }

    private static SafeFileHandle? Open(SafeFileHandle root, byte[] path)
    {
        var errno = Files.TryOpenAt2(root, path.Length == 0 ? "."u8.ToArray() : path, OpenFlags.Directory, 0, Below, out var directory);
        return errno == Errno.Success ? directory
            : errno is Errno.ENOENT or Errno.ENOTDIR or Errno.ELOOP ? null
            : throw new LinuxException("open directory", new PathName(path).ToString(), errno);
    }

    private static SafeFileHandle? OpenNode(SafeFileHandle? directory, byte[] name, out FileStat stat)
    {
        stat = default;
        if (directory is null || Files.TryOpenAt(directory, name, OpenFlags.Path | OpenFlags.NoFollow, 0, out var node) != Errno.Success)
        {
            return null;
        }

        stat = Files.Stat(node);
        return node;
    }

    private static IEnumerable<byte[]> Names(SafeFileHandle? directory) => directory is null ? [] : Files.ReadDirectory(directory).Select(e => e.Name);

    // Its lower part is not what lies at the same place in the image: it hides that, or came here by a rename.
    private static bool IsReplaced(SafeFileHandle directory) =>
        Files.GetXattr(directory, "trusted.overlay.opaque") is [(byte)'y'] || Files.GetXattr(directory, "trusted.overlay.redirect") is { Length: > 0 };

    // Only a file of the writable layer can have other bytes, and only one that was changed back to its old time needs the look.
    private static bool HasSameBytes(SafeFileHandle node, in FileStat stat, SafeFileHandle before, SafeFileHandle? upper, byte[] name)
    {
        if (!stat.IsRegular)
        {
            return true;
        }

        using var copy = OpenNode(upper, name, out _);
        return copy is null || FileComparison.HasSameBytes(node, before);
    }

    /// <param name="path">A directory of the container.</param>
    /// <param name="hasOld">Whether the image has a directory there.</param>
    /// <param name="isPure">Whether a directory above it was replaced: then the writable layer does not tell all that is different.</param>
    private void Compare(byte[] path, bool hasOld, bool isPure)
    {
        // All descriptors are closed before it goes deeper: no depth of directories exhausts them.
        var (entries, isWhole) = Look(path, hasOld, isPure);
        foreach (var entry in entries)
        {
            var at = _changes.Count;
            if (entry.IsDirectory)
            {
                Compare(entry.Path, entry.HasOldDirectory, isWhole);
            }

            var hasInside = _changes.Count > at;
            if (entry.Kind is { } kind && (hasInside || !(kind == ChangeKind.Added && entry.IsDirectory && EnginePlaces.IsDirectory(entry.Path))))
            {
                _changes.Insert(at, new SnapshotChange(entry.Path, kind));
            }
            else if (hasInside)
            {
                _changes.Insert(at, new SnapshotChange(entry.Path, ChangeKind.Changed));
            }
        }
    }

    private (List<Entry> Entries, bool IsWhole) Look(byte[] path, bool hasOld, bool isPure)
    {
        using var now = Open(merged, path);
        using var old = hasOld ? Open(image, path) : null;
        using var upper = Open(written, path);
        var isWhole = isPure || !hasOld || (path.Length > 0 && (upper is null || IsReplaced(upper)));
        var names = new SortedSet<byte[]>(Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b)));
        names.UnionWith(isWhole ? Names(now).Concat(Names(old)) : Names(upper));
        var entries = new List<Entry>();
        foreach (var name in names)
        {
            byte[] full = path.Length == 0 ? name : [.. path, (byte)'/', .. name];
            if (LookAt(now, old, upper, name, full) is { } entry)
            {
                entries.Add(entry);
            }
        }

        return (entries, isWhole);
    }

    private static Entry? LookAt(SafeFileHandle? now, SafeFileHandle? old, SafeFileHandle? upper, byte[] name, byte[] full)
    {
        using var node = OpenNode(now, name, out var stat);
        using var before = OpenNode(old, name, out var was);
        if (node is null)
        {
            return before is null ? null : new Entry(full, ChangeKind.Deleted, false, false);
        }

        if (before is null || (EnginePlaces.IsFile(full, stat) && !was.IsRegular))
        {
            return EnginePlaces.IsFile(full, stat) ? null : new Entry(full, ChangeKind.Added, stat.IsDirectory, false);
        }

        var isSame = FileComparison.IsDescribedAlike(node, stat, before, was) && HasSameBytes(node, stat, before, upper, name);
        return new Entry(full, isSame ? null : ChangeKind.Changed, stat.IsDirectory, was.IsDirectory);
    }

    private sealed record Entry(byte[] Path, ChangeKind? Kind, bool IsDirectory, bool HasOldDirectory);
}

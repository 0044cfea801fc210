using MiniDock.Engine.Images.Tar;

namespace MiniDock.Engine.Trees;

/// <summary>Takes the members of a tree one by one, a directory before what is in it: an archive that is written, or a directory that is filled.</summary>
public interface ITreeSink
{
    /// <summary>Takes one member.</summary>
    /// <param name="entry">The member; its name is relative, its parts are separated by slashes.</param>
    /// <param name="data">The bytes of a file, <see cref="TarEntry.StoredBytes"/> of them; null for anything else. Not to be kept.</param>
    void Add(TarEntry entry, FileData? data);
}

using Microsoft.Win32.SafeHandles;
using MiniDock.Engine.Images.Erofs;
using MiniDock.Engine.Images.Tar;
using MiniDock.Linux;

namespace MiniDock.Engine.Images.Extraction;

/// <summary>Reads the tar inside a layer's file.</summary>
internal static class StoredLayer
{
    /// <exception cref="ArchiveException">The tar is damaged.</exception>
    public static LayerTree ReadTree(SafeFileHandle layer, LayerHead head)
    {
        using var file = new FileStream(Files.Duplicate(layer), FileAccess.Read, bufferSize: 0);
        file.Position = ErofsLayout.HeadBytes;
        var reader = new TarReader(new StreamBlockSource(new TarStream(file, head.TarBytes)));
        var tree = new LayerTree { KeepsWhiteouts = head.KeepsWhiteouts };
        while (reader.Next() is { } member)
        {
            tree.Add(member);
        }

        return tree;
    }
}

using Microsoft.Win32.SafeHandles;
using MiniDock.Engine.Images.Compression;
using MiniDock.Engine.Images.Erofs;
using MiniDock.Engine.Images.Tar;

namespace MiniDock.Engine.Images.Import;

/// <summary>Makes a layer's file of an archive, packed or not, in one pass.</summary>
public static class LayerBuilder
{
    // The runtime lets garbage grow to the size of the processor's cache before it looks; members are garbage at once.
    private const int EntriesPerCollection = 8192;

    /// <summary>Reads the archive to its end into an empty file.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="file">The file.</param>
    /// <param name="limits">What the archive may ask for.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="keepsWhiteouts">Whether the layer is to lie on others, of which <c>.wh.</c> files hide something; else there is nothing to hide.</param>
    /// <param name="writesBack">Whether the kernel is to write to the disk meanwhile, because it is waited for in the end.</param>
    /// <exception cref="ArchiveException">The archive is damaged, not allowed, or over a limit. The file is of no use then.</exception>
    public static BuiltLayer Build(Stream archive, SafeFileHandle file, ImportLimits limits, Action<ImportProgress>? progress = null, bool keepsWhiteouts = false, bool writesBack = true)
    {
        long? total = archive.CanSeek ? archive.Length : null;
        using var decoder = Decoders.Open(archive);
        TarIntake? intake = null;
        intake = new TarIntake(decoder, file, limits, writesBack, progress is null ? null : () => progress(new ImportProgress(decoder.SourceBytes, total, intake!.UnpackedBytes)));
        using (intake)
        {
            var tree = ReadTree(intake, limits, keepsWhiteouts);
            var diffId = intake.Finish();
            var index = LayerIndex.Layout(tree, intake.UnpackedBytes);
            var writer = new LayerIndexWriter(tree, index, file);
            writer.WriteMetadata();
            writer.WriteHead(diffId, intake.UnpackedBytes, keepsWhiteouts);
            return new BuiltLayer(diffId, intake.UnpackedBytes, tree.ContentBytes, decoder.Kind);
        }
    }

    private static LayerTree ReadTree(IBlockSource source, ImportLimits limits, bool keepsWhiteouts)
    {
        var reader = new TarReader(source);
        var tree = new LayerTree(limits.MaxTextBytes) { KeepsWhiteouts = keepsWhiteouts };
        var count = 0;
        while (reader.Next() is { } member)
        {
            if (++count > limits.MaxEntries)
            {
                throw new ArchiveException($"more than {limits.MaxEntries} files", "allow more with --max-entries");
            }

            if (member.SizeBytes > limits.MaxBytes - tree.ContentBytes)
            {
                throw new ArchiveException($"files of more than {limits.MaxBytes} bytes together", "allow more with --max-bytes");
            }

            tree.Add(member);
            if (count % EntriesPerCollection == 0)
            {
                GC.Collect(0);
            }
        }

        return tree;
    }
}

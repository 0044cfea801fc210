using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Images.Erofs;
using MiniDock.Engine.Images.Extraction;
using MiniDock.Engine.Images.Store;
using MiniDock.Engine.Images.Tar;
using MiniDock.Linux;

namespace MiniDock.Engine.Integrity;

/// <summary>
/// Compares a layer's file with what was written: its tar by the digest that names the file, and the index around the tar, which the
/// kernel reads, with one that is made of that tar once more.
/// </summary>
internal sealed class LayerCheck(ImageStore store)
{
    private const int BufferBytes = 256 * 1024;

    private readonly byte[] _buffer = new byte[BufferBytes];
    private readonly byte[] _expected = new byte[BufferBytes];

    /// <summary>What is wrong with a layer; null where nothing is.</summary>
    public string? Find(Digest diffId)
    {
        if (Files.TryOpenAt(null, store.LayerFile(diffId), OpenFlags.ReadOnly, 0, out var file) != Errno.Success)
        {
            return "its file is missing";
        }

        using (file)
        {
            if (store.Head(diffId) is not { } head)
            {
                return "its file does not begin as a layer's";
            }

            if (head.TarBytes < 0 || head.TarBytes > RandomAccess.GetLength(file) - ErofsLayout.HeadBytes)
            {
                return "its file is shorter than its tar";
            }

            var found = TarDigest(file, head.TarBytes);
            return found == diffId ? FindInIndex(diffId, file, head) : $"its tar has another digest ({found})";
        }
    }

    private Digest TarDigest(SafeFileHandle file, long length)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var done = 0L; done < length;)
        {
            var count = RandomAccess.Read(file, _buffer.AsSpan(0, (int)Math.Min(_buffer.Length, length - done)), ErofsLayout.HeadBytes + done);
            if (count == 0)
            {
                break;
            }

            hash.AppendData(_buffer.AsSpan(0, count));
            done += count;
        }

        return Digest.FromHash(hash.GetHashAndReset());
    }

    private string? FindInIndex(Digest diffId, SafeFileHandle file, LayerHead head)
    {
        LayerTree tree;
        try
        {
            tree = StoredLayer.ReadTree(file, head);
        }
        catch (ArchiveException e)
        {
            return $"its tar cannot be read: {e.Message}";
        }

        var index = LayerIndex.Layout(tree, head.TarBytes);
        using var made = Files.Open(store.Paths.Root, OpenFlags.TemporaryFile | OpenFlags.ReadWrite, 0x180);
        var writer = new LayerIndexWriter(tree, index, made);
        writer.WriteIndex();
        writer.WriteHead(diffId, head.TarBytes, head.KeepsWhiteouts);
        RandomAccess.SetLength(made, index.SparseAreaBytes);
        return RandomAccess.GetLength(file) == index.ImageBytes
            && AreSame(file, made, 0, ErofsLayout.HeadBytes)
            && AreSame(file, made, ErofsLayout.HeadBytes + head.TarBytes, index.SparseAreaBytes)
            && SparseFilesAreSame(file, tree, index)
                ? null
                : "its index does not fit its tar";
    }

    private bool AreSame(SafeFileHandle one, SafeFileHandle other, long from, long to) => AreSame(one, from, other, from, to - from);

    private bool AreSame(SafeFileHandle one, long oneFrom, SafeFileHandle other, long otherFrom, long length)
    {
        for (var done = 0L; done < length;)
        {
            var wanted = (int)Math.Min(_buffer.Length, length - done);
            var count = RandomAccess.Read(one, _buffer.AsSpan(0, wanted), oneFrom + done);
            if (count == 0 || RandomAccess.Read(other, _expected.AsSpan(0, count), otherFrom + done) != count
                || !_buffer.AsSpan(0, count).SequenceEqual(_expected.AsSpan(0, count)))
            {
                return false;
            }

            done += count;
        }

        return true;
    }

    // Their holes, which may be terabytes, are not read.
    private bool SparseFilesAreSame(SafeFileHandle file, LayerTree tree, LayerIndex index)
    {
        foreach (var (from, to, length) in index.SparseExtents(tree))
        {
            if (!AreSame(file, from, file, to, length))
            {
                return false;
            }
        }

        return true;
    }
}

using MiniDock.Engine.Images.Tar;

namespace MiniDock.Engine.Trees;

/// <summary>The data of the member that a reader stands at.</summary>
internal sealed class TarData(TarReader reader) : FileData
{
    public override int Read(Span<byte> buffer) => reader.Read(buffer);

    /// <summary>Hands all members of an archive to a sink.</summary>
    /// <exception cref="ArchiveException">The archive is damaged.</exception>
    public static void ReadAll(Stream archive, ITreeSink sink)
    {
        var reader = new TarReader(new StreamBlockSource(archive));
        while (reader.Next() is { } entry)
        {
            sink.Add(entry, entry.Type == TarEntryType.File ? new TarData(reader) : null);
        }
    }
}

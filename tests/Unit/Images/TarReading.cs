using MiniDock.Engine.Images.Tar;

namespace MiniDock.Tests.Unit.Images;

/// <summary>Reads whole archives.</summary>
internal static class TarReading
{
    public static List<TarEntry> All(byte[] archive)
    {
        var reader = new TarReader(new StreamBlockSource(new MemoryStream(archive)));
        var entries = new List<TarEntry>();
        while (reader.Next() is { } entry)
        {
            entries.Add(entry);
        }

        return entries;
    }

    public static TarEntry Only(byte[] archive) => Assert.Single(All(archive));

    public static string Refusal(byte[] archive) => Assert.Throws<ArchiveException>(() => All(archive)).Message;
}

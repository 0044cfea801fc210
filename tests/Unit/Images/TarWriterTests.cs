using System.Text;
using MiniDock.Engine.Images.Tar;
using MiniDock.Engine.Trees;

namespace MiniDock.Tests.Unit.Images;

public sealed class TarWriterTests
{
    [Fact]
    public void What_is_written_is_read_again()
    {
        TarEntry[] members =
        [
            Entry(TarEntryType.Directory, "d/") with { Mode = 0x3FF },
            Entry(TarEntryType.File, new string('n', 100)) with { SizeBytes = 3, StoredBytes = 3 },
            Entry(TarEntryType.File, new string('n', 101) + "/" + new string('m', 250)),
            Entry(TarEntryType.File, "times") with { ModifiedSeconds = -5, ModifiedNanoseconds = 250_000_000, UserId = 3_000_000_000, GroupId = 2_097_152 },
            Entry(TarEntryType.File, "second") with { ModifiedSeconds = -1, ModifiedNanoseconds = 1 },
            Entry(TarEntryType.File, "late") with { ModifiedSeconds = 1L << 40 },
            Entry(TarEntryType.SymbolicLink, "link") with { LinkName = Bytes(new string('t', 300)) },
            Entry(TarEntryType.HardLink, "hard") with { LinkName = Bytes("d/x") },
            Entry(TarEntryType.CharacterDevice, "null") with { DeviceMajor = 1, DeviceMinor = 3 },
            Entry(TarEntryType.BlockDevice, "disk") with { DeviceMajor = 4095, DeviceMinor = 1_048_575 },
            Entry(TarEntryType.Fifo, "fifo") with { ExtendedAttributes = [new ExtendedAttribute("user.a=b", new byte[] { 0, 10, 255 })] },
            Entry(TarEntryType.File, "raw") with { Name = new byte[] { 0x66, 0xFF, 0x0A, 0x66 } },
            Entry(TarEntryType.File, "holes") with { SizeBytes = 1 << 20, StoredBytes = 5, SparseExtents = [new SparseExtent(512, 2), new SparseExtent(1024, 3)] },
            Entry(TarEntryType.File, "hole") with { SizeBytes = 1 << 20, SparseExtents = [] },
        ];
        var archive = new MemoryStream();
        var writer = new TarWriter(archive);
        foreach (var member in members)
        {
            writer.Add(member, new Counting());
        }

        writer.Finish();
        Assert.Equal(archive.Length, writer.PositionBytes);
        archive.Position = 0;
        var reader = new TarReader(new StreamBlockSource(archive));
        foreach (var member in members)
        {
            var read = reader.Next()!;
            Assert.Equal(Show(member), Show(read));
            var data = new byte[8];
            Assert.Equal(member.StoredBytes, reader.Read(data));
            Assert.Equal(Enumerable.Range(1, (int)member.StoredBytes), data.Take((int)member.StoredBytes).Select(b => (int)b));
            Assert.Equal(0, reader.Read(data));
        }

        Assert.Null(reader.Next());
    }

    [Fact]
    public void A_file_that_became_shorter_is_filled_up()
    {
        var archive = new MemoryStream();
        var writer = new TarWriter(archive);
        writer.Add(Entry(TarEntryType.File, "f") with { SizeBytes = 1000, StoredBytes = 1000 }, null);
        writer.Finish();
        archive.Position = 0;
        var reader = new TarReader(new StreamBlockSource(archive));
        Assert.Equal(1000, reader.Next()!.SizeBytes);
        Assert.Null(reader.Next());
    }

    private static TarEntry Entry(TarEntryType type, string name) => new() { Type = type, Name = Bytes(name), Mode = 0x1A4 };

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Show(TarEntry entry) => string.Join(
        '|',
        entry.Type, Convert.ToHexString(entry.Name.Span), Convert.ToHexString(entry.LinkName.Span), entry.Mode, entry.UserId, entry.GroupId,
        entry.ModifiedSeconds, entry.ModifiedNanoseconds, entry.SizeBytes, entry.StoredBytes, entry.DeviceMajor, entry.DeviceMinor,
        string.Join(',', entry.ExtendedAttributes.Select(a => a.Name + Convert.ToHexString(a.Value.Span))), string.Join(',', entry.SparseExtents ?? []));

    private sealed class Counting : FileData
    {
        private byte _next;

        public override int Read(Span<byte> buffer)
        {
            foreach (ref var value in buffer)
            {
                value = ++_next;
            }

            return buffer.Length;
        }
    }
}

using System.Text;
using MiniDock.Engine.Images.Tar;

namespace MiniDock.Tests.Unit.Images;

public sealed class SparseTarTests
{
    private static readonly SparseExtent[] s_expected = [new(0, 4), new(1000, 3), new(5000, 0)];

    [Fact]
    public void Pax_format_0_0_repeats_two_keys()
    {
        var archive = new TarBuilder()
            .Pax(
                TarBuilder.Record("GNU.sparse.size", "5000"), TarBuilder.Record("GNU.sparse.numblocks", "3"),
                TarBuilder.Record("GNU.sparse.offset", "0"), TarBuilder.Record("GNU.sparse.numbytes", "4"),
                TarBuilder.Record("GNU.sparse.offset", "1000"), TarBuilder.Record("GNU.sparse.numbytes", "3"),
                TarBuilder.Record("GNU.sparse.offset", "5000"), TarBuilder.Record("GNU.sparse.numbytes", "0"))
            .File("f", "abcdefg").End();
        Check(TarReading.Only(archive), "f");
    }

    [Fact]
    public void Pax_format_0_1_has_one_map()
    {
        var archive = new TarBuilder()
            .Pax(TarBuilder.Record("GNU.sparse.map", "0,4,1000,3,5000,0"), TarBuilder.Record("GNU.sparse.size", "5000"), TarBuilder.Record("GNU.sparse.name", "real"))
            .File("GNUSparseFile.1/real", "abcdefg").End();
        Check(TarReading.Only(archive), "real");
    }

    [Fact]
    public void Pax_format_1_0_has_its_map_before_the_data()
    {
        var map = Encoding.ASCII.GetBytes("3\n0\n4\n1000\n3\n5000\n0\n");
        byte[] data = [.. map, .. new byte[512 - map.Length], .. "abcdefg"u8];
        var archive = new TarBuilder()
            .Pax(
                TarBuilder.Record("GNU.sparse.major", "1"), TarBuilder.Record("GNU.sparse.minor", "0"),
                TarBuilder.Record("GNU.sparse.name", "real"), TarBuilder.Record("GNU.sparse.realsize", "5000"))
            .Raw(TarBuilder.Header("GNUSparseFile.1/real"u8.ToArray(), size: data.Length)).Data(data)
            .File("next").End();
        var entries = TarReading.All(archive);
        Check(entries[0], "real");
        Assert.Equal("abcdefg", Encoding.ASCII.GetString(archive, (int)entries[0].DataOffsetBytes, 7));
        Assert.Equal("next", Encoding.ASCII.GetString(entries[1].Name.Span));
    }

    [Fact]
    public void Gnu_format_continues_its_map_in_further_blocks()
    {
        var extents = Enumerable.Range(0, 30).Select(i => (Offset: i * 100L, Length: 1L)).ToList();
        var first = TarBuilder.Header("f"u8.ToArray(), 'S', size: 30, magic: "ustar  \0", patch: block =>
        {
            Fields(block, 386, extents.Take(4));
            block[482] = 1;
            Encoding.ASCII.GetBytes("00000005670").CopyTo(block, 483);
        });
        byte[] second = new byte[512];
        Fields(second, 0, extents.Skip(4).Take(21));
        second[504] = 1;
        byte[] third = new byte[512];
        Fields(third, 0, extents.Skip(25));
        var archive = new TarBuilder().Raw(first).Raw(second).Raw(third).Data(new byte[30]).File("next").End();
        var entries = TarReading.All(archive);
        Assert.Equal(3000, entries[0].SizeBytes);
        Assert.Equal(extents.Select(one => new SparseExtent(one.Offset, one.Length)), entries[0].SparseExtents!);
        Assert.Equal(3 * 512, entries[0].DataOffsetBytes);
        Assert.Equal("next", Encoding.ASCII.GetString(entries[1].Name.Span));
    }

    [Theory]
    [InlineData("0,4,2,3", "5000")]
    [InlineData("100,4,0,3", "5000")]
    [InlineData("0,4,1000,3", "1002")]
    [InlineData("0,4,1000,9", "5000")]
    [InlineData("0,4,1000", "5000")]
    [InlineData("0,4,1000,x", "5000")]
    [InlineData("0,4,9223372036854775807,3", "9223372036854775807")]
    public void Maps_that_do_not_add_up_are_refused(string map, string size) => Assert.Contains(
        "sparse map",
        TarReading.Refusal(new TarBuilder().Pax(TarBuilder.Record("GNU.sparse.map", map), TarBuilder.Record("GNU.sparse.size", size)).File("f", "abcdefg").End()));

    [Fact]
    public void A_map_of_a_million_extents_is_refused() => Assert.Contains(
        "more than 65536 extents",
        TarReading.Refusal(new TarBuilder()
            .Pax(TarBuilder.Record("GNU.sparse.major", "1"), TarBuilder.Record("GNU.sparse.realsize", "5000"))
            .File("f", "1000000\n0\n0\n".PadRight(512, (char)0)).End()));

    private static void Check(TarEntry entry, string name)
    {
        Assert.Equal(name, Encoding.ASCII.GetString(entry.Name.Span));
        Assert.Equal(5000, entry.SizeBytes);
        Assert.Equal(7, entry.StoredBytes);
        Assert.Equal(s_expected, entry.SparseExtents!);
    }

    private static void Fields(byte[] block, int at, IEnumerable<(long Offset, long Length)> extents)
    {
        foreach (var (offset, length) in extents)
        {
            Encoding.ASCII.GetBytes(Convert.ToString(offset, 8).PadLeft(11, '0')).CopyTo(block, at);
            Encoding.ASCII.GetBytes(Convert.ToString(length, 8).PadLeft(11, '0')).CopyTo(block, at + 12);
            at += 24;
        }
    }
}

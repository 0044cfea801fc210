using MiniDock.Engine.Images.Tar;

namespace MiniDock.Tests.Unit.Images;

public sealed class DamagedTarTests
{
    [Fact]
    public void A_wrong_checksum_is_refused()
    {
        var archive = new TarBuilder().File("first").File("second").End();
        archive[512 + 3] ^= 1;
        Assert.Contains("wrong header checksum", TarReading.Refusal(archive));
    }

    [Fact]
    public void What_is_no_tar_is_told_so() => Assert.Contains("not a tar archive", TarReading.Refusal(new byte[700].Select((_, i) => (byte)i).ToArray()));

    [Fact]
    public void An_empty_file_is_no_archive() => Assert.Contains("not a tar archive", TarReading.Refusal([]));

    [Fact]
    public void Every_truncation_is_refused()
    {
        var whole = new TarBuilder().Directory("d/").File("d/f", "some content").Link("l", "d").End();
        for (var length = 0; length <= whole.Length - 1024; length++)
        {
            Assert.Throws<ArchiveException>(() => TarReading.All(whole[..length]));
        }
    }

    [Fact]
    public void Data_after_the_end_is_refused()
    {
        byte[] archive = [.. new TarBuilder().File("f").End(), 0, 0, 7];
        Assert.Contains("data after the end", TarReading.Refusal(archive));
    }

    [Fact]
    public void Zeros_after_the_end_are_padding()
    {
        byte[] archive = [.. new TarBuilder().File("f").End(), .. new byte[8961]];
        Assert.Single(TarReading.All(archive));
    }

    [Fact]
    public void A_pax_header_over_a_mebibyte_is_refused() => Assert.Contains(
        "extension header",
        TarReading.Refusal(new TarBuilder().Pax(TarBuilder.Record("comment", new byte[TarReader.MaxExtensionBytes])).File("f").End()));

    [Fact]
    public void A_path_over_4095_bytes_is_refused() => Assert.Contains(
        "a path of 4096 bytes",
        TarReading.Refusal(new TarBuilder().Pax(TarBuilder.Record("path", new string('a', 4096))).File("f").End()));

    [Theory]
    [InlineData("path")]
    [InlineData("linkpath")]
    [InlineData("GNU.sparse.name")]
    public void A_name_with_a_nul_is_refused(string key) => Assert.Contains(
        "holds a NUL",
        TarReading.Refusal(new TarBuilder().Pax(TarBuilder.Record(key, "a\0b")).File("f").End()));

    [Theory]
    [InlineData("99 path=x\n")]
    [InlineData("8 path=x\n")]
    [InlineData("0 path=x\n")]
    [InlineData("-1 path=x\n")]
    [InlineData("10 path=x\n\n")]
    [InlineData("path=x\n")]
    [InlineData("4 =x")]
    [InlineData("99999999999 path=x\n")]
    public void Pax_records_that_do_not_add_up_are_refused(string records) => Assert.Contains(
        "pax header",
        TarReading.Refusal(new TarBuilder().Extension('x', System.Text.Encoding.ASCII.GetBytes(records)).File("f").End()));

    [Theory]
    [InlineData("uid", "4294967295")]
    [InlineData("uid", "-1")]
    [InlineData("gid", "99999999999999999999")]
    [InlineData("mtime", "yesterday")]
    [InlineData("size", "0x10")]
    public void Numbers_out_of_range_are_refused(string key, string value) =>
        Assert.Throws<ArchiveException>(() => TarReading.All(new TarBuilder().Pax(TarBuilder.Record(key, value)).File("f").End()));

    [Fact]
    public void A_size_that_is_no_number_is_refused() => Assert.Contains(
        "size is not a number", TarReading.Refusal(new TarBuilder().Raw(TarBuilder.Header("f"u8.ToArray(), sizeField: "0000000zzz9")).End()));

    [Theory]
    [InlineData('M')]
    [InlineData('N')]
    [InlineData('?')]
    public void Member_types_that_nothing_can_be_made_of_are_refused(char type) =>
        Assert.Throws<ArchiveException>(() => TarReading.All(new TarBuilder().Raw(TarBuilder.Header("f"u8.ToArray(), type)).End()));

    [Fact]
    public void Random_damage_never_does_more_than_a_refusal()
    {
        var whole = new TarBuilder()
            .Pax(TarBuilder.Record("SCHILY.xattr.user.a", "b"), TarBuilder.Record("mtime", "1.5")).File("f", "content")
            .Extension('L', "long"u8.ToArray()).Link("l", "t").End();
        var random = new Random(20_240_807);
        for (var round = 0; round < 20_000; round++)
        {
            var damaged = (byte[])whole.Clone();
            for (var flips = random.Next(1, 4); flips > 0; flips--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            // A header that was hit passes its checksum only when that is written anew.
            var header = random.Next(damaged.Length / 512) * 512;
            var block = damaged[header..(header + 512)];
            TarBuilder.Sum(block);
            block.CopyTo(damaged, header);
            try
            {
                TarReading.All(damaged);
            }
            catch (ArchiveException)
            {
                // This, and nothing else.
            }
        }
    }
}

using System.Text;
using MiniDock.Engine.Images.Tar;

namespace MiniDock.Tests.Unit.Images;

public sealed class TarReaderTests
{
    [Fact]
    public void Names_are_bytes_whatever_they_spell()
    {
        byte[] name = [0xff, 0xfe, (byte)'b', 0x80];
        var entry = TarReading.Only(new TarBuilder().Raw(TarBuilder.Header(name)).End());
        Assert.Equal(name, entry.Name.ToArray());
    }

    [Fact]
    public void A_posix_prefix_stands_before_the_name()
    {
        var entry = TarReading.Only(new TarBuilder().Raw(TarBuilder.Header("file"u8.ToArray(), prefix: "some/dir")).End());
        Assert.Equal("some/dir/file", Encoding.UTF8.GetString(entry.Name.Span));
    }

    [Fact]
    public void A_gnu_header_has_no_prefix()
    {
        var header = TarBuilder.Header("file"u8.ToArray(), magic: "ustar  \0", prefix: "00000000000");
        Assert.Equal("file", Encoding.UTF8.GetString(TarReading.Only(new TarBuilder().Raw(header).End()).Name.Span));
    }

    [Fact]
    public void Long_names_of_gnu_tar_replace_the_short_ones()
    {
        var name = new string('n', 300);
        var target = new string('t', 200);
        var archive = new TarBuilder()
            .Extension('L', Encoding.UTF8.GetBytes(name + "\0"))
            .Extension('K', Encoding.UTF8.GetBytes(target + "\0"))
            .Link(name, target)
            .File("next")
            .End();
        var entries = TarReading.All(archive);
        Assert.Equal(name, Encoding.UTF8.GetString(entries[0].Name.Span));
        Assert.Equal(target, Encoding.UTF8.GetString(entries[0].LinkName.Span));
        Assert.Equal("next", Encoding.UTF8.GetString(entries[1].Name.Span));
    }

    [Fact]
    public void Pax_records_override_the_header_of_one_member()
    {
        var archive = new TarBuilder()
            .Pax(
                TarBuilder.Record("path", "real"), TarBuilder.Record("uid", "4294967294"), TarBuilder.Record("gid", "70000"),
                TarBuilder.Record("mtime", "-1.25"), TarBuilder.Record("size", "3"))
            .Raw(TarBuilder.Header("short"u8.ToArray(), size: 0)).Data("abc"u8.ToArray())
            .File("other")
            .End();
        var entries = TarReading.All(archive);
        Assert.Equal("real", Encoding.UTF8.GetString(entries[0].Name.Span));
        Assert.Equal(4294967294u, entries[0].UserId);
        Assert.Equal(70000u, entries[0].GroupId);
        Assert.Equal(-2, entries[0].ModifiedSeconds);
        Assert.Equal(750_000_000, entries[0].ModifiedNanoseconds);
        Assert.Equal(3, entries[0].SizeBytes);
        Assert.Equal("other", Encoding.UTF8.GetString(entries[1].Name.Span));
        Assert.Equal(0u, entries[1].UserId);
    }

    [Fact]
    public void Global_records_last_until_they_are_replaced()
    {
        var archive = new TarBuilder()
            .Extension('g', TarBuilder.Record("uid", "7"), TarBuilder.Record("comment", "from git"))
            .File("a").Pax(TarBuilder.Record("uid", "8")).File("b").File("c")
            .Extension('g', TarBuilder.Record("uid", ""))
            .File("d").End();
        Assert.Equal([7u, 8u, 7u, 0u], TarReading.All(archive).Select(entry => entry.UserId));
    }

    [Fact]
    public void Attributes_come_in_three_spellings()
    {
        var archive = new TarBuilder()
            .Pax(
                TarBuilder.Record("SCHILY.xattr.user.a", [0, 1, 0xff]),
                TarBuilder.Record("LIBARCHIVE.xattr.user.b%20c", "AQI"),
                TarBuilder.Record("RHT.security.selinux", "system_u:object_r:bin_t:s0"))
            .File("f").End();
        var found = TarReading.Only(archive).ExtendedAttributes.ToDictionary(one => one.Name, one => one.Value.ToArray());
        Assert.Equal([0, 1, 0xff], found["user.a"]);
        Assert.Equal([1, 2], found["user.b c"]);
        Assert.Equal("system_u:object_r:bin_t:s0\0"u8.ToArray(), found["security.selinux"]);
    }

    [Fact]
    public void Numbers_too_large_for_octal_are_base_256()
    {
        var header = TarBuilder.Header("f"u8.ToArray(), patch: block =>
        {
            byte[] id = [0x80, 0, 0, 0, 0xff, 0xff, 0xff, 0xfe];
            id.CopyTo(block, 108);
            Enumerable.Repeat((byte)0xff, 12).ToArray().CopyTo(block, 136);
        });
        var entry = TarReading.Only(new TarBuilder().Raw(header).End());
        Assert.Equal(4294967294u, entry.UserId);
        Assert.Equal(-1, entry.ModifiedSeconds);
    }

    [Theory]
    [InlineData('1')]
    [InlineData('2')]
    [InlineData('5')]
    public void The_size_of_what_has_no_data_is_ignored(char type)
    {
        var archive = new TarBuilder()
            .Raw(TarBuilder.Header("x"u8.ToArray(), type, size: 5000, link: "target"u8.ToArray())).File("next").End();
        Assert.Equal(2, TarReading.All(archive).Count);
    }

    [Fact]
    public void Old_tars_mark_directories_by_a_slash() =>
        Assert.Equal(TarEntryType.Directory, TarReading.Only(new TarBuilder().Raw(TarBuilder.Header("d/"u8.ToArray(), '\0', magic: "")).End()).Type);

    [Fact]
    public void A_signed_checksum_is_right_too()
    {
        var header = TarBuilder.Header([0xe9, 0xe8]);
        header.AsSpan(148, 8).Fill((byte)' ');
        Encoding.ASCII.GetBytes(Convert.ToString(header.Sum(one => (sbyte)one), 8).PadLeft(6, '0') + "\0 ").CopyTo(header, 148);
        Assert.Single(TarReading.All(new TarBuilder().Raw(header).End()));
    }
}

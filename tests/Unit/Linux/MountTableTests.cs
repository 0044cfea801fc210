using MiniDock.Linux;

namespace MiniDock.Tests.Unit.Linux;

public sealed class MountTableTests
{
    [Fact]
    public void A_line_is_read_with_its_escapes_and_optional_fields()
    {
        MountEntry entry = MountTable.Parse(@"36 35 98:0 /mnt1 /mnt\0402\134x rw,noatime master:1 shared:7 - ext3 /dev/ro\011ot rw,errors=continue")!;
        Assert.Equal((36, 35, new DeviceNumber(98, 0), "/mnt1", @"/mnt 2\x"), (entry.Id, entry.ParentId, entry.Device, entry.Root, entry.Target));
        Assert.Equal(
            ("rw,noatime", "master:1 shared:7", "ext3", "/dev/ro\tot", "rw,errors=continue"),
            (entry.Options, entry.Propagation, entry.Type, entry.Source, entry.SuperOptions));
    }

    [Fact]
    public void Names_that_are_not_ascii_are_decoded() =>
        Assert.Equal("/é", MountTable.Unescape("/\u00c3\u00a9"));

    [Theory]
    [InlineData("")]
    [InlineData("36 35 98:0 / /mnt rw")]
    [InlineData("36 35 98 / /mnt rw - ext3 x y")]
    [InlineData("x 35 98:0 / /mnt rw - ext3 x y")]
    [InlineData("36 35 98:0 / /mnt rw - ext3")]
    public void A_malformed_line_is_passed_over(string line) => Assert.Null(MountTable.Parse(line));

    [Theory]
    [InlineData(@"a\", @"a\")]
    [InlineData(@"a\04", @"a\04")]
    [InlineData(@"a\089", @"a\089")]
    public void What_is_no_escape_stays(string text, string expected) => Assert.Equal(expected, MountTable.Unescape(text));

    [Fact]
    public void Our_own_table_begins_somewhere_and_has_a_proc() => Assert.NotNull(MountTable.Find("/proc"));
}

using System.Text;
using MiniDock.Engine.Images.Erofs;
using MiniDock.Engine.Images.Tar;

namespace MiniDock.Tests.Unit.Images;

public sealed class LayerTreeTests
{
    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../etc/passwd")]
    [InlineData("./etc//passwd")]
    public void Names_never_leave_the_root(string name) => Assert.True(Has(Tree(new TarBuilder().File(name)), "etc/passwd"));

    [Fact]
    public void Absolute_links_are_kept_as_they_are()
    {
        var tree = Tree(new TarBuilder().Link("bin", "/usr/bin"));
        ref var link = ref tree.Inodes[tree.Find("bin"u8)];
        Assert.Equal("/usr/bin", Encoding.UTF8.GetString(tree.Arena.Get(link.Data, (int)link.SizeBytes)));
    }

    [Theory]
    [InlineData("/usr/lib")]
    [InlineData("usr/lib")]
    [InlineData("../../../usr/lib")]
    [InlineData("./usr/../usr/lib/.")]
    public void Writing_through_a_link_stays_inside(string target)
    {
        var tree = Tree(new TarBuilder().Directory("usr/lib/").Link("lib", target).File("lib/x.so"));
        Assert.True(Has(tree, "usr/lib/x.so"));
    }

    [Fact]
    public void A_link_that_leads_nowhere_makes_directories_inside() =>
        Assert.True(Has(Tree(new TarBuilder().Link("a", "/host/etc").File("a/shadow")), "host/etc/shadow"));

    [Fact]
    public void Links_that_run_in_circles_are_refused() =>
        Assert.Contains("too many symbolic links", Refusal(new TarBuilder().Link("a", "b").Link("b", "a").File("a/x")));

    [Fact]
    public void A_file_in_the_place_of_a_directory_is_refused() =>
        Assert.Contains("not a directory", Refusal(new TarBuilder().File("f").File("f/x")));

    [Theory]
    [InlineData("/etc/shadow")]
    [InlineData("../../outside")]
    public void A_hard_link_to_what_is_not_in_the_archive_is_refused(string target) =>
        Assert.Contains("not in the archive", Refusal(new TarBuilder().Link("x", target, '1')));

    [Fact]
    public void Hard_links_share_an_inode()
    {
        var tree = Tree(new TarBuilder().File("a", "x").Link("b", "./a", '1').Link("d/c", "/b", '1'));
        Assert.Equal(tree.Find("a"u8), tree.Find("d/c"u8));
        LayerIndex.Layout(tree, 0);
        Assert.Equal(3u, tree.Inodes[tree.Find("a"u8)].LinkCount);
    }

    [Fact]
    public void A_hard_link_to_a_directory_is_refused() =>
        Assert.Contains("which is a directory", Refusal(new TarBuilder().Directory("d").Link("x", "d", '1')));

    [Fact]
    public void The_last_of_a_name_wins()
    {
        var tree = Tree(new TarBuilder().File("d/x").File("d").Directory("d").File("d/y").File("f", "1").File("f", "22"));
        Assert.False(Has(tree, "d/x"));
        Assert.True(Has(tree, "d/y"));
        Assert.Equal(2, tree.Inodes[tree.Find("f"u8)].SizeBytes);
    }

    [Fact]
    public void A_directory_over_a_directory_keeps_what_is_in_it()
    {
        var tree = Tree(new TarBuilder().File("d/x").Directory("d", "0000700"));
        Assert.True(Has(tree, "d/x"));
        Assert.Equal(Convert.ToInt32("700", 8), tree.Inodes[tree.Find("d"u8)].Mode & 0xFFF);
    }

    [Theory]
    [InlineData('2')]
    [InlineData('3')]
    public void A_root_that_is_no_directory_is_refused(char type) => Assert.Contains(
        "the root can only be a directory",
        Refusal(new TarBuilder().Raw(TarBuilder.Header("./"u8.ToArray(), type, link: "/etc"u8.ToArray(), magic: "ustar\000"))),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("d/.wh.")]
    [InlineData("d/.wh..")]
    [InlineData("d/.wh...")]
    public void A_whiteout_of_nothing_is_refused(string name) => Assert.Contains("whiteout", Refusal(new TarBuilder().File(name)));

    [Fact]
    public void Whiteouts_of_an_only_layer_hide_nothing_and_show_nothing()
    {
        var tree = Tree(new TarBuilder().File("d/x").File("d/.wh.x").File("d/.wh..wh..opq"));
        Assert.True(Has(tree, "d/x"));
        Assert.False(Has(tree, "d/.wh.x"));
    }

    [Fact]
    public void A_name_over_255_bytes_is_refused() =>
        Assert.Contains("a name of 256 bytes", Refusal(new TarBuilder().Pax(TarBuilder.Record("path", new string('n', 256))).File("x")));

    [Fact]
    public void The_device_that_overlayfs_hides_files_with_is_refused() =>
        Assert.Contains("0:0", Refusal(new TarBuilder().Raw(TarBuilder.Header("x"u8.ToArray(), '3'))));

    [Fact]
    public void Attributes_of_overlayfs_are_dropped()
    {
        var tree = Tree(new TarBuilder().Pax(
            TarBuilder.Record("SCHILY.xattr.trusted.overlay.redirect", "/etc"), TarBuilder.Record("SCHILY.xattr.user.overlay.opaque", "y")).File("f"));
        Assert.Empty(tree.AttributeSets);
    }

    [Fact]
    public void Equal_attributes_are_kept_once()
    {
        var archive = new TarBuilder();
        for (var i = 0; i < 100; i++)
        {
            archive.Pax(TarBuilder.Record("SCHILY.xattr.user.a", "same")).File($"f{i}");
        }

        Assert.Single(Tree(archive).AttributeSets);
    }

    [Fact]
    public void Text_beyond_its_bound_is_refused()
    {
        var archive = new TarBuilder();
        for (var i = 0; i < 30; i++)
        {
            archive.Pax(TarBuilder.Record("SCHILY.xattr.user.a", [.. Encoding.ASCII.GetBytes($"{i:d8}"), .. new byte[60_000]])).File($"f{i}");
        }

        var entries = TarReading.All(archive.End());
        var tree = new LayerTree(maxTextBytes: 1 << 20);
        Assert.Throws<ArchiveException>(() => entries.ForEach(tree.Add));
    }

    private static LayerTree Tree(TarBuilder archive)
    {
        var tree = new LayerTree();
        TarReading.All(archive.End()).ForEach(tree.Add);
        return tree;
    }

    private static bool Has(LayerTree tree, string path) => tree.Find(Encoding.UTF8.GetBytes(path)) >= 0;

    private static string Refusal(TarBuilder archive) => Assert.Throws<ArchiveException>(() => Tree(archive)).Message;
}

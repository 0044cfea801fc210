using System.Text;
using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Unit.Images;

namespace MiniDock.Tests.Integration.Images;

/// <summary>Archives that want out of the root, or more than is good (the table of attacks, S16).</summary>
public sealed class HostileArchiveTests : ImageTest
{
    [Theory]
    [InlineData("../../../../../../..{0}/canary")]
    [InlineData("{0}/canary")]
    [InlineData("a/../../..{0}/canary")]
    public void A_name_that_leads_outside_lands_inside(string name)
    {
        var canary = Canary();
        var path = string.Format(System.Globalization.CultureInfo.InvariantCulture, name, Scratch);
        Import(new TarBuilder().Pax(TarBuilder.Record("path", path)).File("x", "written")).ShouldSucceed();
        Assert.Equal("written", File.ReadAllText(MountLayer("evil") + Scratch + "/canary"));
        Assert.Equal("alive", File.ReadAllText(canary));
    }

    [Fact]
    public void Writing_through_a_link_lands_inside()
    {
        var canary = Canary();
        Import(new TarBuilder().Link("out", Scratch).File("out/canary", "written")).ShouldSucceed();
        Assert.Equal("written", File.ReadAllText(MountLayer("evil") + Scratch + "/canary"));
        Assert.Equal("alive", File.ReadAllText(canary));
    }

    [Fact]
    public void A_hard_link_to_a_file_of_the_host_is_refused()
    {
        var canary = Canary();
        ShouldBeRefused(new TarBuilder().Link("out", canary, '1').File("out", "written").End(), "hard link");
        Assert.Equal("alive", File.ReadAllText(canary));
    }

    [Fact]
    public void Absolute_links_are_kept()
    {
        Import(new TarBuilder().Link("bin", "/usr/bin")).ShouldSucceed();
        Assert.Equal("/usr/bin", new FileInfo(Path.Combine(MountLayer("evil"), "bin")).LinkTarget);
    }

    [Fact]
    public void The_last_of_a_name_wins()
    {
        Import(new TarBuilder().Link("d", "/etc").Directory("d").File("d/x", "1").File("d/x", "2").Directory("f").File("f/y").File("f", "file")).ShouldSucceed();
        var root = MountLayer("evil");
        Assert.Equal("2", File.ReadAllText(Path.Combine(root, "d/x")));
        Assert.Equal("file", File.ReadAllText(Path.Combine(root, "f")));
    }

    [Fact]
    public void A_root_that_is_a_link_is_refused() => ShouldBeRefused(new TarBuilder().Link("./", "/etc").End(), "the root");

    [Fact]
    public void A_name_with_a_nul_is_refused() => ShouldBeRefused(new TarBuilder().Pax(TarBuilder.Record("path", "a\0b")).File("x").End(), "NUL");

    [Theory]
    [InlineData(".wh.")]
    [InlineData(".wh..")]
    [InlineData("d/.wh...")]
    public void A_whiteout_of_nothing_is_refused(string name) => ShouldBeRefused(new TarBuilder().File(name).End(), "whiteout");

    [Fact]
    public void Headers_paths_and_names_that_are_too_long_are_refused()
    {
        ShouldBeRefused(new TarBuilder().Pax(TarBuilder.Record("comment", new string('x', 1 << 20))).File("x").End(), "extension header");
        ShouldBeRefused(new TarBuilder().Pax(TarBuilder.Record("path", string.Join('/', Enumerable.Repeat("ab", 1400)))).File("x").End(), "the most is 4095");
        ShouldBeRefused(new TarBuilder().Pax(TarBuilder.Record("path", new string('n', 256))).File("x").End(), "the most is 255");
    }

    [Fact]
    public void A_sparse_map_of_four_tebibytes_is_refused_at_once() => ShouldBeRefused(
        new TarBuilder().Pax(TarBuilder.Record("GNU.sparse.map", "4398046511103,1"), TarBuilder.Record("GNU.sparse.size", "4398046511104")).File("x", "1").End(),
        "--max-bytes");

    [Fact]
    public void A_large_hole_takes_neither_time_nor_room()
    {
        Import(new TarBuilder().Pax(TarBuilder.Record("GNU.sparse.map", "68719476735,1"), TarBuilder.Record("GNU.sparse.size", "68719476736")).File("x", "1")).ShouldSucceed();
        Assert.Equal(1L << 36, new FileInfo(Path.Combine(MountLayer("evil"), "x")).Length);
        Assert.True(int.Parse(HostCommand.Run("du", "-k", Store.LayerOf("evil")).Text.Split('\t')[0], System.Globalization.CultureInfo.InvariantCulture) < 1024);
    }

    [Fact]
    public void Bombs_stop_at_caps_that_flags_raise()
    {
        var many = new TarBuilder();
        for (var i = 0; i < 20; i++)
        {
            many.File($"f{i}");
        }

        var path = Write("evil.tar", many.File("large", new string('x', 100_000)).End());
        Refused(path, "--max-entries", "--max-entries", "20");
        Refused(path, "--max-bytes", "--max-bytes", "50k");
        Store.ShouldBeEmpty();
        Engine.Run("import", "--max-entries", "21", "--max-bytes", "1m", path).ShouldSucceed();
    }

    [Fact]
    public void A_gzip_bomb_stops_at_the_ratio()
    {
        HostCommand.Shell($"cd {Scratch}; truncate -s 300M zeros; tar --format=gnu -cf - zeros | gzip -1 > bomb.tar.gz; rm zeros");
        Refused(Path.Combine(Scratch, "bomb.tar.gz"), "--max-ratio", "--max-ratio", "100");
        Store.ShouldBeEmpty();
    }

    [Fact]
    public void Damage_is_found_wherever_it_is()
    {
        var good = new TarBuilder().File("a", "content").File("b").End();
        byte[] checksum = [.. good];
        checksum[1024 + 5] ^= 1;
        ShouldBeRefused(checksum, "checksum");
        ShouldBeRefused(good[..700], "cut short");
        ShouldBeRefused(good[..^1024], "end-of-archive");
        ShouldBeRefused([.. good, 1], "data after the end");
        ShouldBeRefused(Encoding.ASCII.GetBytes("this is no archive at all"), "not a tar archive");

        var packed = Path.Combine(Scratch, "good.gz");
        File.WriteAllBytes(Path.Combine(Scratch, "good"), good);
        HostCommand.Shell($"cd {Scratch}; gzip -k good");
        var gzip = File.ReadAllBytes(packed);
        byte[] crc = [.. gzip];
        crc[^6] ^= 1;
        ShouldBeRefused(crc, "damaged");
        ShouldBeRefused([.. gzip, (byte)'x'], "something follows");
        ShouldBeRefused(gzip[..^3], "cut short");
    }

    [Fact]
    public void Names_owners_and_times_at_their_limits_are_kept()
    {
        Import(new TarBuilder()
            .Pax(TarBuilder.Record("uid", "4294967294"), TarBuilder.Record("gid", "4294967294"), TarBuilder.Record("mtime", "-1.25"))
            .Raw(TarBuilder.Header([0xff, (byte)'x'], mode: "0004711"))).ShouldSucceed();
        Assert.Equal(
            "4294967294 4294967294 4711 -1.250000000",
            HostCommand.Shell($"cd {MountLayer("evil")}; stat -c '%u %g %a %.9Y' *").Text);
    }

    [Fact]
    public void What_means_something_to_overlayfs_is_dropped_or_refused()
    {
        ShouldBeRefused(new TarBuilder().Raw(TarBuilder.Header("x"u8.ToArray(), '3')).End(), "0:0");
        Import(new TarBuilder().Pax(TarBuilder.Record("SCHILY.xattr.trusted.overlay.opaque", "y"), TarBuilder.Record("SCHILY.xattr.user.kept", "y")).Directory("d/")).ShouldSucceed();
        Requires.Program("getfattr");
        Assert.Equal("user.kept=\"y\"", HostCommand.Shell($"cd {MountLayer("evil")}; getfattr -d -m - d").Lines[^1]);
    }

    private string Canary()
    {
        var canary = Path.Combine(Scratch, "canary");
        File.WriteAllText(canary, "alive");
        return canary;
    }

    private Outcome Import(TarBuilder archive) => Engine.Run("import", Write("evil.tar", archive.End()), "evil");

    private void ShouldBeRefused(byte[] archive, string reason)
    {
        Refused(Write("evil.tar", archive), reason);
        Store.ShouldBeEmpty();
    }

    private void Refused(string path, string reason, params string[] flags)
    {
        var outcome = Engine.Run(["import", .. flags, path, "evil"]).ShouldExit(1);
        Assert.StartsWith($"minidock: import {path}: ", outcome.Stderr, StringComparison.Ordinal);
        Assert.Contains(reason, outcome.Stderr, StringComparison.Ordinal);
    }
}

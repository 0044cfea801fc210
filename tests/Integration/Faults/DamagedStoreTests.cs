using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;

namespace MiniDock.Tests.Integration.Faults;

/// <summary>A file of the store is flipped or deleted: <c>system check</c> finds it, and it is refused or repaired (SECURITY C14).</summary>
public sealed class DamagedStoreTests : LifeTest
{
    private readonly Minidock _md;

    public DamagedStoreTests(MinidockFixture fixture)
        : base(fixture)
    {
        // A store of its own that is thrown away: the fixture's image is for the other tests.
        _md = new Minidock(Path.Combine(Scratch, "damaged"));
        _md.Run("import", BusyboxTar.Path).ShouldSucceed();
    }

    public static TheoryData<string, string> Files => new()
    {
        { "images/layers/*", "layer" },
        { "images/config/*/config.json", "image" },
        { "images/config/*/manifest.json", "manifest" },
        { "images/tags/busybox/latest", "tag" },
    };

    [Fact]
    public void Nothing_is_found_in_a_store_that_is_whole()
    {
        _md.Run("create", "--name", "zion", "--net", "bridge", "-p", "127.0.0.1:0:80", "busybox").ShouldSucceed();

        Assert.Matches(@"^checked 1 image, 1 layer \(\S+MB\), 1 container: nothing is damaged$", _md.Run("system", "check").ShouldSucceed().Text);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_flipped_byte_anywhere_in_a_file_of_an_image_is_found_and_repaired(string pattern, string type)
    {
        var file = Find(pattern);
        foreach (var place in Places(file))
        {
            Flip(file, place);
            Assert.Contains($"{type} ", _md.Run("system", "check").ShouldExit(1).Stdout);
            Flip(file, place);
        }

        _md.Run("system", "check").ShouldSucceed();
        Flip(file, Places(file)[1]);
        AssertRepaired();
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_deleted_file_of_an_image_is_found_and_repaired(string pattern, string type)
    {
        File.Delete(Find(pattern));

        if (type == "tag")
        {
            // An image may have no name; that it had one is not written anywhere else.
            Assert.Contains("without a name: image ", _md.Run("system", "check").ShouldSucceed().Stdout);
            return;
        }

        Assert.Contains($"{type} ", _md.Run("system", "check").ShouldExit(1).Stdout);
        AssertRepaired();
    }

    [Theory]
    [InlineData("images/layers/*", "layer")]
    [InlineData("images/config/*/config.json", "image")]
    public void What_a_container_uses_is_told_and_left_alone(string pattern, string type)
    {
        _md.Run("create", "--name", "zion", "--net", "none", "busybox").ShouldSucceed();
        var file = Find(pattern);
        Flip(file, new FileInfo(file).Length / 2);

        var outcome = _md.Run("system", "check", "--repair").ShouldExit(1);

        Assert.Contains($"{type} ", outcome.Stdout);
        Assert.Contains(_md.Run("ps", "-aq").ShouldSucceed().Text, outcome.Stdout);
        Assert.True(File.Exists(file));
        _md.Run("rm", "zion").ShouldSucceed();
        AssertRepaired();
    }

    [Fact]
    public void A_run_of_an_image_with_a_damaged_config_is_refused_and_says_what_to_do()
    {
        // Still JSON: another program would be run.
        var config = Find("images/config/*/config.json");
        File.WriteAllText(config, File.ReadAllText(config).Replace("amd64", "amd46", StringComparison.Ordinal));

        var outcome = _md.Run("run", "--rm", "busybox", "true").ShouldExit(125);

        Assert.Contains("damaged", outcome.Stderr);
        Assert.Contains("minidock rmi -f", outcome.Stderr);
        Assert.Contains("minidock system check", outcome.Stderr);
    }

    [Fact]
    public void A_flipped_byte_anywhere_in_a_specification_is_found_and_the_container_is_refused_not_removed()
    {
        var id = _md.Run("create", "--name", "zion", "--net", "none", "busybox", "sleep", "1000").ShouldSucceed().Text;
        var file = Find("containers/*/spec.json");
        foreach (var place in Places(file))
        {
            Flip(file, place);
            Assert.Contains($"container {id[..12]}: its specification", _md.Run("system", "check").ShouldExit(1).Stdout);
            Assert.Contains("damaged", _md.Run("start", "zion").ShouldExit(1).Stderr);

            // A reboot looks at all containers.
            File.Delete(Path.Combine(_md.RunRoot, "swept"));
            Assert.Contains("damaged", _md.Run("ps", "-a").ShouldSucceed().Stderr);
            _md.Run("system", "check", "--repair").ShouldExit(1);
            Flip(file, place);
        }

        // Given up while it runs.
        _md.Run("start", "zion").ShouldSucceed();
        Flip(file, 100);
        _md.Run("rm", "zion").ShouldExit(1);
        _md.Run("rm", "-f", "zion").ShouldSucceed();
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_md.Root, "containers")));
        _md.Run("system", "check").ShouldSucceed();
    }

    [Fact]
    public void A_deleted_specification_is_found_and_repaired_only_where_nothing_is_lost_with_it()
    {
        _md.Run("run", "-d", "--name", "zion", "--net", "none", "busybox", "sh", "-c", "echo worth something > /file").ShouldSucceed();
        _md.Run("wait", "zion").ShouldSucceed();
        _md.Run("create", "--name", "moon", "--net", "none", "busybox").ShouldSucceed();
        foreach (var spec in Directory.GetFiles(Path.Combine(_md.Root, "containers"), "spec.json", SearchOption.AllDirectories))
        {
            File.Delete(spec);
        }

        Assert.Equal(2, _md.Run("system", "check").ShouldExit(1).Lines.Count(l => l.EndsWith("it has no specification", StringComparison.Ordinal)));
        var outcome = _md.Run("system", "check", "--repair").ShouldExit(1);

        Assert.Contains("repaired: removed", outcome.Stdout);
        var left = Assert.Single(Directory.GetDirectories(Path.Combine(_md.Root, "containers")));
        Assert.Equal("worth something\n", File.ReadAllText(Path.Combine(left, "upper/file")));
    }

    [Fact]
    public void A_damaged_state_is_found_and_repaired()
    {
        _md.Run("run", "--name", "zion", "--net", "none", "busybox", "true").ShouldSucceed();
        Flip(Find("containers/*/state.json"), 0);

        Assert.Contains("container zion: its state cannot be read", _md.Run("system", "check").ShouldExit(1).Stdout);
        AssertRepaired();
        _md.Run("start", "-a", "zion").ShouldSucceed();
    }

    [Fact]
    public void Names_that_lead_nowhere_and_containers_without_theirs_are_found_and_repaired()
    {
        _md.Run("create", "--name", "zion", "--net", "none", "busybox").ShouldSucceed();
        File.Move(Path.Combine(_md.Root, "names/zion"), Path.Combine(_md.Root, "names/moon"));
        File.CreateSymbolicLink(Path.Combine(_md.Root, "names/ghost"), new string('a', 64));

        // A reboot looks at all containers, and takes none for half made.
        File.Delete(Path.Combine(_md.RunRoot, "swept"));
        var outcome = _md.Run("system", "check").ShouldExit(1);
        Assert.Contains("container zion: its name does not lead to it", outcome.Stdout);
        Assert.Contains("name ghost: it leads to no container", outcome.Stdout);
        AssertRepaired();
        _md.Run("rm", "zion").ShouldSucceed();
    }

    [Fact]
    public void Records_of_networks_that_are_damaged_or_belong_to_nobody_are_found_and_repaired()
    {
        _md.Run("run", "-d", "--name", "zion", "--net", "bridge", "-p", "127.0.0.1:0:80", "busybox", "sleep", "1000").ShouldSucceed();
        _md.Run("system", "check").ShouldSucceed();
        var leases = Path.Combine(_md.RunRoot, "networks/leases/bridge");
        var before = File.ReadAllBytes(leases);
        _md.Run("rm", "-f", "zion").ShouldSucceed();
        File.WriteAllBytes(leases, before);

        Assert.Contains("lease address ", _md.Run("system", "check").ShouldExit(1).Stdout);
        AssertRepaired();
        Flip(leases, 0);
        Assert.Contains("a record is damaged", _md.Run("system", "check").ShouldExit(1).Stdout);
        AssertRepaired();
        RemoveNetwork();
    }

    [Fact]
    public void What_a_killed_import_has_left_is_found_and_repaired()
    {
        Directory.CreateDirectory(Path.Combine(_md.Root, "images/staging/half"));

        Assert.Contains("import 1 unfinished", _md.Run("system", "check").ShouldExit(1).Stdout);
        AssertRepaired();
    }

    protected override void TearDown()
    {
        if (_md.Run("ps", "-aq").Lines is { Length: > 0 } left)
        {
            _md.Run(["rm", "-f", .. left]);
        }

        Directory.Delete(Path.Combine(Scratch, "damaged"), recursive: true);
    }

    private void AssertRepaired()
    {
        Assert.Contains("all repaired", _md.Run("system", "check", "--repair").ShouldSucceed().Stdout);
        _md.Run("system", "check").ShouldSucceed();
        _md.Run("import", BusyboxTar.Path).ShouldSucceed();
        _md.Run("run", "--rm", "--net", "none", "busybox", "true").ShouldSucceed();
    }

    private void RemoveNetwork()
    {
        var paths = new Abstractions.Providers.EnginePaths(_md.Root, _md.RunRoot);
        HostCommand.Run("ip", "link", "delete", Plugins.Network.Definitions.NetworkNames.Bridge(paths, "bridge"));
        HostCommand.Run("nft", "delete", "table", "inet", Plugins.Network.Definitions.NetworkNames.Table(paths));
    }

    private string Find(string pattern) => HostCommand.Shell($"ls -d {_md.Root}/{pattern}").Text;

    // Its first and last byte, and some between: for a layer, its head, its tar and its index.
    private static long[] Places(string file)
    {
        var length = new FileInfo(file).Length;
        return [0, length / 2, length / 3, length - 1, .. length > 8192 ? new[] { 1030L, 2060, 4096, length - 600 } : []];
    }

    private static void Flip(string file, long place)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Position = place;
        var value = stream.ReadByte();
        stream.Position = place;
        stream.WriteByte((byte)(value ^ 1));
    }
}

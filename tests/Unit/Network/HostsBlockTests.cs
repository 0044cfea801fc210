using MiniDock.Abstractions.Model;
using MiniDock.Plugins.Network.Names;

namespace MiniDock.Tests.Unit.Network;

public sealed class HostsBlockTests
{
    private static readonly ContainerId One = ContainerId.Parse(new string('1', 64));
    private static readonly ContainerId Two = ContainerId.Parse(new string('2', 64));

    [Fact]
    public void The_own_name_comes_first_then_aliases_and_the_short_id_a_line_for_each_address() => Assert.Equal(
        "10.0.0.2\tweb www 111111111111\nfd00::2\tweb www 111111111111\n10.0.0.3\tdb 222222222222\n",
        HostsBlock.Lines([
            new("www", true, One, 0, "10.0.0.2,fd00::2"), new("web", false, One, 0, "10.0.0.2,fd00::2"), new("db", false, Two, 1, "10.0.0.3")]));

    [Fact]
    public void A_networks_part_is_added_replaced_and_taken_away_and_nothing_else_changes()
    {
        const string Own = "127.0.0.1\tlocalhost\n10.0.0.2\tme\n";
        var lab = HostsBlock.Replace(Own, "lab", "10.0.0.3\tdb\n");
        Assert.Equal(Own + "# network lab\n10.0.0.3\tdb\n# end of network lab\n", lab);
        var both = HostsBlock.Replace(lab, "lab2", "10.1.0.3\tweb\n");
        Assert.StartsWith(lab, both);
        Assert.Equal(both.Replace("10.0.0.3", "10.0.0.4"), HostsBlock.Replace(both, "lab", "10.0.0.4\tdb\n"));
        Assert.Equal(lab, HostsBlock.Replace(both, "lab2", ""));
        Assert.Equal(Own, HostsBlock.Replace(lab, "lab", ""));
        Assert.Equal(Own, HostsBlock.Replace(Own, "lab", ""));
    }

    [Fact]
    public void A_file_keeps_its_inode_so_that_a_container_that_has_it_mounted_sees_the_change_and_cannot_hold_it_up()
    {
        var directory = Directory.CreateTempSubdirectory();
        var path = Path.Combine(directory.FullName, "hosts");
        try
        {
            File.WriteAllText(path, "127.0.0.1\tlocalhost\n");

            // FileStream locks the file, as a container may lock what it has mounted.
            using var reader = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            HostsBlock.Write(path, "lab", "10.0.0.3\tdb\n");
            Assert.Contains("10.0.0.3\tdb", new StreamReader(reader).ReadToEnd());
            HostsBlock.Write(path, "lab", "");
            Assert.Equal("127.0.0.1\tlocalhost\n", File.ReadAllText(path));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("name web {0} 0 10.0.0.2", true)]
    [InlineData("alias www {0} 3 10.0.0.2,fd00::2", true)]
    [InlineData("alias -x {0} 3 10.0.0.2", false)]
    [InlineData("name web {0} 0 bank", false)]
    [InlineData("lease web {0} 0 10.0.0.2", false)]
    public void A_record_is_read_as_it_was_written_and_a_damaged_one_is_none(string format, bool isRecord)
    {
        var text = string.Format(null, format, One);
        Assert.Equal(isRecord ? text : null, NamedEndpoint.Parse(text)?.Format());
    }
}

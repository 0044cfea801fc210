using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Run.Child;
using MiniDock.Linux;

namespace MiniDock.Tests.Unit.Child;

public sealed class UserLookupTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("minidock-users-").FullName;

    public UserLookupTests()
    {
        Directory.CreateDirectory(Path.Combine(_root, "etc"));
        Write("passwd", "root:x:0:0::/root:/bin/sh\nweb:x:33:34::/var/www:/bin/false\nodd:x:4294967296:0::/:/bin/sh\nhomeless:x:40:40:::\n# comment\n");
        Write("group", "root:x:0:\nwheel:x:10:root,web\nwww:x:34:\naudio:x:29:web,other\n");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("", 0u, 0u, "10", "/root")]
    [InlineData("web", 33u, 34u, "10 29", "/var/www")]
    [InlineData("33", 33u, 34u, "10 29", "/var/www")]
    [InlineData("web:audio", 33u, 29u, "", "/var/www")]
    [InlineData("web:77", 33u, 77u, "", "/var/www")]
    [InlineData("1234", 1234u, 0u, "", "/")]
    [InlineData("1234:1235", 1234u, 1235u, "", "/")]
    [InlineData("homeless", 40u, 40u, "", "/")]
    [InlineData("2147483647", 2147483647u, 0u, "", "/")]
    public void A_user_is_what_the_containers_files_say(string user, uint id, uint group, string groups, string home)
    {
        var found = Resolve(user);
        Assert.Equal((id, group, groups, home), (found.User, found.Group, string.Join(' ', found.Groups), found.Home));
    }

    [Theory]
    [InlineData("nosuch")]
    [InlineData("web:nosuch")]
    [InlineData("2147483648")]
    [InlineData("4294967296")]
    [InlineData("99999999999999999999")]
    [InlineData("0:4294967296")]
    [InlineData("odd")]
    [InlineData("-1")]
    [InlineData("#")]
    public void A_user_that_is_not_there_or_may_wrap_to_root_is_refused(string user) =>
        Assert.Equal(126, Assert.Throws<EngineException>(() => Resolve(user)).ExitCode);

    [Fact]
    public void Additional_groups_come_beside_those_of_the_user() =>
        Assert.Equal([10u, 29u, 50u], Resolve("web", "audio", "50").Groups);

    [Fact]
    public void Files_that_are_links_to_the_outside_are_not_read()
    {
        var outside = Path.Combine(_root, "..", Path.GetFileName(_root) + ".passwd");
        File.WriteAllText(outside, "web:x:0:0::/:/bin/sh\n");
        File.Delete(Path.Combine(_root, "etc/passwd"));
        File.CreateSymbolicLink(Path.Combine(_root, "etc/passwd"), Path.GetFullPath(outside));
        try
        {
            Assert.Throws<EngineException>(() => Resolve("web"));
        }
        finally
        {
            File.Delete(outside);
        }
    }

    [Fact]
    public void Without_files_numbers_still_work()
    {
        Directory.Delete(Path.Combine(_root, "etc"), recursive: true);
        Assert.Equal(5u, Resolve("5").User);
    }

    [Fact]
    public void The_encoded_form_has_everything_where_the_child_reads_it()
    {
        var bytes = new ResolvedUser(7, 8, [9, 10], "/home/x").Encode();
        Assert.Equal(ResolvedUser.EncodedSize, bytes.Length);
        Assert.Equal(7, BitConverter.ToInt32(bytes, ResolvedUser.UserAt));
        Assert.Equal(8, BitConverter.ToInt32(bytes, ResolvedUser.GroupAt));
        Assert.Equal(2, BitConverter.ToInt32(bytes, ResolvedUser.GroupCountAt));
        Assert.Equal(10, BitConverter.ToInt32(bytes, ResolvedUser.GroupsAt + 4));
        Assert.Equal("HOME=/home/x\0"u8, bytes.AsSpan(ResolvedUser.HomeAt, 13));
    }

    private ResolvedUser Resolve(string user, params string[] groups)
    {
        using SafeFileHandle root = Files.Open(_root, OpenFlags.Path | OpenFlags.Directory);
        return UserLookup.Resolve(root, new ProcessSpec { Arguments = ["x"], User = user, AdditionalGroups = groups });
    }

    private void Write(string name, string content) => File.WriteAllText(Path.Combine(_root, "etc", name), content);
}

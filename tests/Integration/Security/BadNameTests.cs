using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Security;

/// <summary>Names and users that would steer the engine (SECURITY S8, S10, S11).</summary>
public sealed class BadNameTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    [Theory]
    [InlineData("../x")]
    [InlineData("a b")]
    [InlineData("-x")]
    [InlineData(".x")]
    [InlineData("a/b")]
    [InlineData("a\n")]
    [InlineData("$(id)")]
    [InlineData("x234567890123456789012345678901234567890123456789012345678901234")]
    public void A_name_that_is_none_is_refused(string name) =>
        Assert.Contains("name", Engine.Run("run", "--rm", "--net", "none", $"--name={name}", "busybox", "true").ShouldExit(125).Stderr);

    [Theory]
    [InlineData("4294967296")]
    [InlineData("2147483648")]
    [InlineData("-1")]
    [InlineData("0:4294967296")]
    [InlineData("0x0")]
    [InlineData("+0")]
    public void A_user_out_of_range_is_refused_and_is_not_root(string user)
    {
        var outcome = Engine.Run("run", "--rm", "--net", "none", $"--user={user}", "busybox", "id", "-u");
        Assert.True(outcome.ExitCode is >= 125 and <= 127, outcome.ToString());
        Assert.Equal("", outcome.Stdout);
    }

    [Fact]
    public void A_user_database_that_gives_an_id_out_of_range_is_refused()
    {
        var tar = Path.Combine(Scratch, "evil.tar");
        HostCommand.Shell($"""
            mkdir -p {Scratch}/evil/etc; cp {BusyboxTar.Path} {tar}
            printf 'root:x:0:0::/:/bin/sh\nevil:x:4294967296:0::/:/bin/sh\nworse:x:-1:0::/:/bin/sh\n' > {Scratch}/evil/etc/passwd
            tar -C {Scratch}/evil -rf {tar} ./etc/passwd
            """);
        Engine.Run("import", tar, "evil").ShouldSucceed();
        foreach (var user in (string[])["evil", "worse", "nobody-here"])
        {
            var outcome = Engine.Run("run", "--rm", "--net", "none", "-u", user, "evil", "id", "-u");
            Assert.True(outcome.ExitCode is >= 125 and <= 127, outcome.ToString());
            Assert.Equal("", outcome.Stdout);
        }

        Engine.Run("rmi", "evil").ShouldSucceed();
    }

    [Theory]
    [InlineData("--hostname", "a\nb")]
    [InlineData("--add-host", "a\n10.0.0.1 b:10.0.0.2")]
    [InlineData("--dns", "10.0.0.1\noptions x")]
    [InlineData("--dns-search", "a\nnameserver 10.0.0.1")]
    [InlineData("--dns-option", "a\nnameserver 10.0.0.1")]
    public void Control_characters_never_get_into_name_files(string flag, string value) =>
        Engine.Run("run", "--rm", "--net", "none", flag, value, "busybox", "true").ShouldExit(125);
}

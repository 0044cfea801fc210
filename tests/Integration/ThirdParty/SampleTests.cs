using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.ThirdParty;

/// <summary>The plugins of samples/plugins and the commands of docs/plugins.md, as an outsider has them: away from the repository, with nothing of it but the packages.</summary>
public sealed class SampleTests : PluginTest
{
    private const string Installed = "/usr/local/lib/minidock";

    public SampleTests(MinidockFixture fixture)
        : base(fixture)
    {
        HostCommand.Shell($"cp -r {Repository.PathOf("samples/plugins")}/. {Place} && rm -rf {Place}/*/bin {Place}/*/obj");
        HostCommand.Shell($"mkdir -p {Installed} && mount -t tmpfs -o mode=755 tmpfs {Installed}");
    }

    private string Packages => Path.Combine(Scratch, "packages");

    [Fact]
    public void A_network_in_Python_and_a_hook_in_shell_pass_the_conformance_test_and_work_in_a_container()
    {
        var notes = Path.Combine(Scratch, "notes");
        foreach (var test in new[] { "pyveth", "announce" })
        {
            Assert.Contains(" 0 failed", Engine.Run("plugin", "test", "-o", test == "pyveth" ? "mtu=1400" : $"file={notes}", Path.Combine(Place, test)).ShouldSucceed().Stdout);
        }

        File.Delete(notes);
        var outcome = Engine.RunRm("--name", "zion", "--cap-add", "NET_RAW", "--net", "pyveth,mtu=1400", "--hook", $"announce,file={notes}", "busybox",
            "sh", "-c", "echo $WATCHED_BY; ping -c 1 -w 30 10.99.0.1 >/dev/null && echo reached; cat /sys/class/net/eth0/mtu");

        Assert.Equal(["announce", "reached", "1400"], outcome.Lines);
        Assert.Equal(["poststart zion", "poststop zion"], File.ReadAllLines(notes));
        Assert.Contains("$ ip link add pv", Engine.Run("run", "--dry-run", "--net", "pyveth", "busybox", "true").ShouldSucceed().Stdout);
        File.Delete(notes);
    }

    [Fact]
    public void A_volume_with_a_quota_is_built_from_the_packages_alone_and_holds_its_size_and_the_documentation_is_true()
    {
        HostCommand.Compile($"{Repository.PathOf("eng/pack")} {Packages}");
        HostCommand.Compile($"dotnet publish {Place}/quota -o {Place}/quota/bin -v quiet -nologo -p:RestoreAdditionalProjectSources={Packages} >&2");
        Assert.Contains(" 0 failed", Engine.Run("plugin", "test", "-o", "size=8M", Path.Combine(Place, "quota")).ShouldSucceed().Stdout);

        string[] mount = ["--mount", "type=quota,src=test,dst=/data,size=8M"];
        Assert.Contains("No space left", Engine.RunRm([.. mount, "busybox", "sh", "-c", "echo kept > /data/kept; dd if=/dev/zero of=/data/big bs=1M count=20 2>&1 | cat; rm -f /data/big"]).Stdout);
        Assert.Equal("kept", Engine.RunRm([.. mount, "busybox", "cat", "/data/kept"]).Text);
        HostCommand.Shell("rm -r /var/lib/minidock-quota");

        RunDocumentation();
    }

    /// <inheritdoc/>
    protected override void TearDown()
    {
        base.TearDown();
        HostCommand.Shell($"umount {Installed} && rmdir --ignore-fail-on-non-empty {Installed}; rm -rf {Packages} {Scratch}/docs");
    }

    // Lines that begin with "# " are commands; the others are their output, where … stands for anything.
    private void RunDocumentation()
    {
        var directory = Directory.CreateDirectory(Path.Combine(Scratch, "docs")).FullName;
        var bin = Directory.CreateDirectory(Path.Combine(directory, "bin")).FullName;
        File.WriteAllText(Path.Combine(bin, "minidock"), $"#!/bin/sh\nexec {Minidock.Binary} --root {Engine.Root} --run-root {Engine.RunRoot} \"$@\"\n");
        HostCommand.Shell($"chmod +x {bin}/minidock");
        var lines = File.ReadAllLines(Repository.PathOf("docs/plugins.md"));
        var commands = 0;
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i] != "```console")
            {
                continue;
            }

            for (i++; lines[i] != "```";)
            {
                var command = lines[i][2..];
                var outcome = HostCommand.Shell($"cd {directory}; export PATH={bin}:$PATH PACKAGES={Packages} MINIDOCK_PLUGIN_PATH=; {command}");
                commands++;
                for (i++; !lines[i].StartsWith("# ", StringComparison.Ordinal) && lines[i] != "```"; i++)
                {
                    Assert.True(lines[i] == "…" || outcome.Lines.Contains(lines[i]), $"{lines[i]} is not in\n{outcome}");
                }
            }
        }

        Assert.True(commands > 10, $"only {commands} commands");
    }
}

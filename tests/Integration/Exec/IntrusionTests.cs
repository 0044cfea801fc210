using System.Security.Cryptography;
using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Exec;

/// <summary>Attacks S1, S2 and S13 of a container on the process that enters it.</summary>
public sealed class IntrusionTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(5);

    [Fact]
    public void The_engines_binary_is_not_executed_for_a_container()
    {
        var before = HashOfBinary();
        using var zion = new LivingContainer(Engine, "zion");
        Assert.Contains("ELOOP", zion.Exec("/proc/self/exe").ShouldExit(126).Stderr);
        zion.Exec("sh", "-c", "printf '#!/proc/self/exe\\n' > /bad; chmod +x /bad; ln -s /proc/self/exe /link; printf '#!/link\\n' > /worse; chmod +x /worse").ShouldSucceed();
        Assert.Contains("ELOOP", zion.Exec("/bad").ShouldExit(126).Stderr);
        Assert.Contains("ELOOP", zion.Exec("/worse").ShouldExit(126).Stderr);
        zion.End();
        Assert.Equal(before, HashOfBinary());
    }

    [Fact]
    public void Writers_that_race_with_500_commands_never_get_hold_of_the_engines_binary()
    {
        var before = HashOfBinary();
        using var zion = new LivingContainer(Engine, "zion");

        // Whoever could read the link could open the file behind it, and write to it once nobody executes it.
        const string hunt = "echo ready; while :; do for exe in /proc/[0-9]*/exe; do link=$(readlink $exe) && case $link in *minidock*) echo $link >> /caught; { echo x >> $exe; };; esac; done; done 2>/dev/null";
        using var first = Engine.Start("exec", "zion", "sh", "-c", hunt);
        using var second = Engine.Start("exec", "zion", "sh", "-c", hunt);
        first.WaitForOutput("ready");
        second.WaitForOutput("ready");
        var command = $"{Minidock.Binary} --root {Engine.Root} --run-root {Engine.RunRoot} exec zion true";
        using var commands = RunningCommand.Start("sh", ["-ec", $"i=0; while [ $i -lt 500 ]; do {command}; i=$((i+1)); done"]);
        commands.Wait(LongEnough).ShouldSucceed();
        zion.Exec("test", "-e", "/caught").ShouldExit(1);
        zion.End();
        first.Wait().ShouldExit(137);
        second.Wait().ShouldExit(137);
        Assert.Equal(before, HashOfBinary());
    }

    [Fact]
    public void Only_the_three_standard_streams_are_open_inside()
    {
        using var zion = new LivingContainer(Engine, "zion");
        using var exec = zion.Begin();
        var open = Directory.EnumerateFileSystemEntries($"/proc/{LivingContainer.ProcessOf(exec)}/fd").Select(Path.GetFileName).Order();
        Assert.Equal(["0", "1", "2"], open);
        exec.CloseStdin();
        exec.Wait().ShouldSucceed();
        zion.End();
    }

    [Fact]
    public void The_working_directory_never_leads_to_an_open_file_of_the_engine()
    {
        using var zion = new LivingContainer(Engine, "zion");
        zion.Exec("sh", "-c", "for n in $(seq 0 20); do ln -s /proc/self/fd/$n /link$n; done").ShouldSucceed();
        for (var n = 0; n <= 20; n++)
        {
            zion.ExecWith($"-w /proc/self/fd/{n}", "pwd").ShouldExit(125);
            zion.ExecWith($"-w /link{n}", "pwd").ShouldExit(125);
            zion.ExecWith($"-w /proc/1/../self/fd/{n}", "pwd").ShouldExit(125);
        }

        zion.End();
    }

    [Fact]
    public void Its_session_keyring_is_the_containers()
    {
        Requires.KernelFile("/proc/keys", "key rings");
        using var zion = new LivingContainer(Engine, "zion", "--security-opt", "systempaths=unconfined");
        var name = zion.Exec("hostname").ShouldSucceed().Text;
        Assert.Contains($" {name}: ", zion.Exec("cat", "/proc/keys").ShouldSucceed().Stdout);
        zion.End();
    }

    private static string HashOfBinary() => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Minidock.Binary)));
}

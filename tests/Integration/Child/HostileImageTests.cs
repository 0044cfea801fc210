using MiniDock.Abstractions.Model;
using MiniDock.Linux;

namespace MiniDock.Tests.Integration.Child;

public sealed class HostileImageTests : IDisposable
{
    private readonly ChildRoot _root = new();

    public void Dispose() => _root.Dispose();

    [Theory]
    [InlineData("/proc", "mount proc on /proc: ELOOP")]
    [InlineData("/dev", "mount tmpfs on /dev: ELOOP")]
    [InlineData("/sys", "mount sysfs on /sys: ELOOP")]
    public void An_image_whose_system_directories_are_links_is_refused(string path, string message)
    {
        Replace(path);
        Assert.StartsWith(message, Refused(ContainerRunOfChild.Shell("true")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/etc/hosts")]
    [InlineData("/etc/resolv.conf")]
    [InlineData("/etc/hostname")]
    public void A_file_that_the_engine_covers_may_be_a_link_and_leads_nowhere(string path)
    {
        Replace(path, Path.Combine(_root.Canary, "file"));
        Unharmed(() => Assert.Equal("written by the engine", ContainerRunOfChild.Run(_root, ContainerRunOfChild.Shell($"cat {path}")).Output));
    }

    [Fact]
    public void Nodes_and_links_of_an_images_dev_are_not_those_of_the_container()
    {
        Directory.CreateDirectory(_root.Inside("/dev"));
        File.Delete(_root.Inside("/dev/null"));
        File.CreateSymbolicLink(_root.Inside("/dev/null"), Path.Combine(_root.Canary, "file"));
        File.Delete(_root.Inside("/dev/console"));
        File.CreateSymbolicLink(_root.Inside("/dev/console"), Path.Combine(_root.Canary, "file"));
        Unharmed(() => Assert.Equal("1,3 0", ContainerRunOfChild.Run(_root, ContainerRunOfChild.Shell("echo $(stat -c %t,%T /dev/null) $(cat /proc/keys | wc -c)")).Output));
    }

    [Fact]
    public void A_parent_of_a_device_that_is_a_link_is_not_followed_out()
    {
        Directory.CreateDirectory(_root.Inside("/opt"));
        File.CreateSymbolicLink(_root.Inside("/opt/dev"), _root.Canary);
        var spec = ContainerRunOfChild.Shell("true");
        Refused(spec with { Devices = [new DeviceSpec("/dev/zero", "/opt/dev/zero")] });
    }

    [Fact]
    public void A_working_directory_that_is_a_link_out_is_not_followed()
    {
        File.CreateSymbolicLink(_root.Inside("/work"), _root.Canary);
        var spec = ContainerRunOfChild.Shell("pwd");
        Unharmed(() => Assert.Equal(125, ContainerRunOfChild.Run(_root, spec with { Process = spec.Process with { WorkingDirectory = "/work/inside" } }).ExitCode));
    }

    [Theory]
    [InlineData("/proc/self/exe")]
    [InlineData("/entry")]
    [InlineData("/script")]
    [InlineData("/script-of-script")]
    public void The_engines_own_binary_is_not_executed(string program)
    {
        File.CreateSymbolicLink(_root.Inside("/entry"), "/proc/self/exe");
        Script("/script", "#! /entry\n");
        Script("/script-of-script", "#!/script x\n");
        ChildRun run = ContainerRunOfChild.Run(_root, ContainerRunOfChild.Spec(program, "version"));
        Assert.Equal(Errno.ELOOP, run.Failure!.Errno);
    }

    [Fact]
    public void A_script_with_a_good_interpreter_is_executed()
    {
        Script("/good", "#!/bin/sh\necho fine\n");
        Assert.Equal(new ChildRun(null, 0, "fine"), ContainerRunOfChild.Run(_root, ContainerRunOfChild.Spec("/good")));
    }

    private void Script(string path, string text)
    {
        File.WriteAllText(_root.Inside(path), text);
        Harness.HostCommand.Run("chmod", "755", _root.Inside(path)).ShouldSucceed();
    }

    private void Replace(string path, string? target = null)
    {
        var inside = _root.Inside(path);
        if (Directory.Exists(inside))
        {
            Directory.Delete(inside, recursive: true);
        }

        File.Delete(inside);
        File.CreateSymbolicLink(inside, target ?? _root.Canary);
    }

    private string Refused(ContainerSpec spec)
    {
        var message = "";
        Unharmed(() => message = Assert.Throws<InvalidOperationException>(() => ContainerRunOfChild.Run(_root, spec)).Message);
        return message;
    }

    private void Unharmed(Action action)
    {
        var before = _root.CanaryState();
        action();
        Assert.Equal(before, _root.CanaryState());
    }
}

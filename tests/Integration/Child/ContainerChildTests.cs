using MiniDock.Abstractions.Model;
using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Child;

public sealed class ContainerChildTests(ChildRoot root) : IClassFixture<ChildRoot>
{
    [Fact]
    public void A_container_has_its_own_system_file_systems()
    {
        var mounts = Output("cut -d' ' -f2-4 /proc/mounts | sed 's/size=[0-9]*k/size/'").Split('\n');
        Assert.Contains("/proc proc rw,nosuid,nodev,noexec,relatime", mounts);
        Assert.Contains("/dev tmpfs rw,nosuid,relatime,size,mode=755", mounts);
        Assert.Contains("/dev/pts devpts rw,nosuid,noexec,relatime,gid=5,mode=620,ptmxmode=666", mounts);
        Assert.Contains("/dev/shm tmpfs rw,nosuid,nodev,noexec,relatime,size", mounts);
        Assert.Contains("/sys sysfs ro,nosuid,nodev,noexec,relatime", mounts);
        Assert.Contains("/proc/sys proc ro,nosuid,nodev,noexec,relatime", mounts);
    }

    [Fact]
    public void A_container_has_its_own_name_and_first_process() => Assert.Equal("1 inside /root", Output("echo $$ $(hostname) $HOME"));

    [Fact]
    public void A_container_has_the_devices_that_every_program_expects() =>
        Assert.Equal(
            "full 1,7 666\nnull 1,3 666\nrandom 1,8 666\ntty 5,0 666\nurandom 1,9 666\nzero 1,5 666",
            Output("cd /dev; for d in full null random tty urandom zero; do stat -c '%n %t,%T %a' $d; done"));

    [Fact]
    public void The_default_capabilities_are_the_eleven() =>
        Assert.Equal(
            "CapInh: 0000000000000000\nCapPrm: 00000000800405fb\nCapEff: 00000000800405fb\nCapBnd: 00000000800405fb\nCapAmb: 0000000000000000",
            Output("grep ^Cap /proc/self/status | tr '\\t' ' '"));

    [Fact]
    public void A_user_who_is_not_root_has_no_capabilities() =>
        Assert.Equal("uid=1234 gid=0(root)\nCapEff: 0000000000000000", Output("id; grep CapEff /proc/self/status | tr '\\t' ' '", "1234"));

    [Fact]
    public void Masked_files_are_empty_and_masked_directories_too() =>
        Assert.Equal("0", Output("cat /proc/keys /proc/timer_list /proc/interrupts | wc -c; ls -A /proc/acpi /sys/firmware 2>/dev/null | grep -v :$ | grep ."));

    [Theory]
    [InlineData("echo 1 > /proc/sys/kernel/panic")]
    [InlineData("mkdir /sys/fs/cgroup/new")]
    [InlineData("echo x > /etc/hosts")]
    public void What_is_read_only_cannot_be_written(string command) =>
        Assert.Contains("Read-only file system", Output($"({command}) 2>&1"));

    [Fact]
    public void The_default_filter_is_loaded_and_refuses_mounts() =>
        Assert.Equal("2 unshare: unshare(0x20000): Operation not permitted", Output("echo $(grep ^Seccomp: /proc/self/status | cut -f2) $(unshare -m true 2>&1)"));

    [Fact]
    public void A_profile_of_the_user_takes_the_place_of_the_default()
    {
        ContainerSpec spec = ContainerRunOfChild.Shell("mkdir /tmp/x 2>&1; grep ^Seccomp_filters /proc/self/status | cut -f2");
        ChildRun run = ContainerRunOfChild.Run(root, spec with
        {
            Security = new SecuritySpec
            {
                Seccomp = """{ "defaultAction": "SCMP_ACT_ALLOW", "syscalls": [ { "names": ["mkdir"], "action": "SCMP_ACT_ERRNO", "errnoRet": 121 } ] }""",
                NoNewPrivileges = true,
            },
        });
        Assert.Equal("mkdir: can't create directory '/tmp/x': Remote I/O error\n1", run.Output);
    }

    [Fact]
    public void A_container_has_a_session_keyring_of_its_own()
    {
        Requires.KernelFile("/proc/keys", "keys");
        ContainerSpec spec = ContainerRunOfChild.Shell("cat /proc/keys");
        ChildRun run = ContainerRunOfChild.Run(root, spec with { Security = new SecuritySpec { UnmaskedPaths = true } });
        Assert.Contains($"keyring   {spec.Id.Short}: empty", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(NamespaceType.Ipc, "ipc", "/dev/shm")]
    [InlineData(NamespaceType.Cgroup, "cgroup", "/sys/fs/cgroup")]
    [InlineData(NamespaceType.Uts, "uts", "/proc")]
    [InlineData(NamespaceType.Pid, "pid", "/proc")]
    [InlineData(NamespaceType.Network, "net", "/sys")]
    public void A_namespace_of_the_host_is_shared_with_what_belongs_to_it(NamespaceType type, string name, string mounted)
    {
        ContainerSpec spec = ContainerRunOfChild.Shell($"readlink /proc/self/ns/{name}; ls {mounted} >/dev/null && echo there");
        ChildRun run = ContainerRunOfChild.Run(root, spec with { Namespaces = [new NamespaceSpec(type, NamespaceMode.Host)] });
        Assert.Equal($"{ContainerView.HostNamespace(name)}\nthere", run.Output);
    }

    [Fact]
    public void A_link_where_the_engine_mounts_is_refused_and_nothing_outside_changes()
    {
        using var hostile = new ChildRoot();
        Directory.Delete(hostile.Inside("/proc"), recursive: true);
        File.CreateSymbolicLink(hostile.Inside("/proc"), hostile.Canary);
        var before = hostile.CanaryState();
        var error = Assert.Throws<InvalidOperationException>(() => ContainerRunOfChild.Run(hostile, ContainerRunOfChild.Shell("true")));
        Assert.StartsWith("mount proc on /proc: ELOOP", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, hostile.CanaryState());
    }

    private string Output(string script, string user = "")
    {
        ContainerSpec spec = ContainerRunOfChild.Shell(script);
        ChildRun run = ContainerRunOfChild.Run(root, spec with { Process = spec.Process with { User = user } });
        Assert.Null(run.Failure);
        return run.Output;
    }
}

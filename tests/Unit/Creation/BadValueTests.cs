namespace MiniDock.Tests.Unit.Creation;

public sealed class BadValueTests
{
    [Theory]
    [InlineData("--memory 5x", "--memory 5x: EINVAL (not a size)")]
    [InlineData("--mem 1m", "--memory 1m: EINVAL (the least is 6m)")]
    [InlineData("--memory=", "--memory \"\": EINVAL (not a size)")]
    [InlineData("-m 100M --memory-swap 50M", "--memory-swap 50M: EINVAL (it is less than --memory)")]
    [InlineData("--memory-swap 50M", "--memory-swap 50M: EINVAL (it needs --memory beside it)")]
    [InlineData("--memory-swappiness 101", "--memory-swappiness 101: EINVAL (not a whole number from -1 to 100)")]
    [InlineData("--mem 100M --memory-high 200M", "--memory-high 200M: EINVAL (it is more than --memory)")]
    [InlineData("--cpu-burst 1000", "--cpu-burst 1000: EINVAL (it needs a quota beside it)")]
    [InlineData("--cpu-rt-period 1000 --cpu-rt-runtime 1001", "--cpu-rt-runtime 1001: EINVAL (it is more than its period)")]
    [InlineData("--blkio-weight-device /dev/sda:9", "--blkio-weight-device /dev/sda:9: EINVAL (it is DEVICE:WEIGHT, with a weight from 10 to 1000)")]
    [InlineData("--hugetlb-limit 64M", "--hugetlb-limit 64M: EINVAL (it is PAGE:SIZE)")]
    [InlineData("--cgroup-conf memory.low=", "--cgroup-conf memory.low=: EINVAL (it is FILE=VALUE)")]
    [InlineData("--cpus 5", "--cpus 5: EINVAL (not a number from 0.01 to 4, the processors of this host)")]
    [InlineData("--cpus 1 --cpu-quota 5000", "--cpus and --cpu-quota: EINVAL (they exclude each other)")]
    [InlineData("--cpuset-cpus 0-4", "--cpuset-cpus 0-4: EINVAL (this host has the processors 0 to 3)")]
    [InlineData("--pids-limit many", "--pids-limit many: EINVAL (not a whole number from -1 to 4194304)")]
    [InlineData("--blkio-weight 5", "--blkio-weight 5: EINVAL (not a whole number from 10 to 1000)")]
    [InlineData("--device-read-bps sda:1m", "--device-read-bps sda:1m: EINVAL (it is DEVICE:RATE)")]
    [InlineData("--name a/b", "--name a/b: EINVAL (not a name)")]
    [InlineData("--name ../x", "--name ../x: EINVAL (not a name)")]
    [InlineData("-u 4294967296", "--user 4294967296: EINVAL (the user number is not between 0 and 2147483647)")]
    [InlineData("-u 2147483648", "--user 2147483648: EINVAL (the user number is not between 0 and 2147483647)")]
    [InlineData("-u -1", "--user -1: EINVAL (the user number is not between 0 and 2147483647)")]
    [InlineData("-u 0:4294967295", "--user 0:4294967295: EINVAL (the group number is not between 0 and 2147483647)")]
    [InlineData("-u a:b:c", "--user a:b:c: EINVAL (it is USER or USER:GROUP)")]
    [InlineData("--group-add 99999999999999999999", "--group-add 99999999999999999999: EINVAL (the group number is not between 0 and 2147483647)")]
    [InlineData("-w /proc/self/fd/8", "--workdir /proc/self/fd/8: EINVAL (it leads to open files of a process)")]
    [InlineData("-w /proc/./self//fd/8/../9", "--workdir /proc/./self//fd/8/../9: EINVAL (it leads to open files of a process)")]
    [InlineData("-w /proc/thread-self/fd/3", "--workdir /proc/thread-self/fd/3: EINVAL (it leads to open files of a process)")]
    [InlineData("-w /dev/fd/3", "--workdir /dev/fd/3: EINVAL (it leads to open files of a process)")]
    [InlineData("-w tmp", "--workdir tmp: EINVAL (it must be an absolute path)")]
    [InlineData("--ulimit nofile=5:3", "--ulimit nofile=5:3: EINVAL (the soft limit is above the hard limit)")]
    [InlineData("--ulimit files=5", "--ulimit files=5: EINVAL (no such limit)")]
    [InlineData("--sysctl kernel.panic=1", "--sysctl kernel.panic=1: EINVAL (the parameter belongs to no namespace)")]
    [InlineData("--sysctl net/../kernel/panic=1", "--sysctl net/../kernel/panic=1: EINVAL (the parameter belongs to no namespace)")]
    [InlineData("--net host --sysctl net.ipv4.ip_forward=1", "--sysctl net.ipv4.ip_forward=1: EINVAL (the net namespace is not the container's own)")]
    [InlineData("--cap-add FLY", "--cap-add FLY: EINVAL (no such capability)")]
    [InlineData("--security-opt nonsense", "--security-opt nonsense: EINVAL (no such option)")]
    [InlineData("--security-opt seccomp=/missing.json", "--security-opt seccomp=/missing.json: EINVAL (no such file)")]
    [InlineData("--device null", "--device null: EINVAL (the device on the host must be an absolute path)")]
    [InlineData("--device /dev/null:/dev/x:rz", "--device /dev/null:/dev/x:rz: EINVAL (it is SRC, SRC:DST or SRC:DST:rwm)")]
    [InlineData("--net container:nobody", "--net container:nobody: EINVAL (no such container)")]
    [InlineData("--net bridge,ip", "--net bridge,ip: EINVAL (\"ip\" is not key=value)")]
    [InlineData("--net none --net bridge", "--net none and another --net: EINVAL (they exclude each other)")]
    [InlineData("--net container:other -p 80:80", "--publish and --net container:: EINVAL (they exclude each other)")]
    [InlineData("--net none --ip 10.0.0.1", "--ip and --net none: EINVAL (they exclude each other)")]
    [InlineData("-p 70000:80", "--publish 70000:80: EINVAL (70000 is no port)")]
    [InlineData("-p 80:0", "--publish 80:0: EINVAL (it is [IP:][HOST:]CONTAINER[/PROTOCOL])")]
    [InlineData("-p 1-3:1-2", "--publish 1-3:1-2: EINVAL (the ranges differ in length)")]
    [InlineData("-p 80:80 -p 80:81", "--publish 80/tcp: EINVAL (the host's port is given twice)")]
    [InlineData("-p 1.2.3.4.5:80:80", "--publish 1.2.3.4.5:80:80: EINVAL (1.2.3.4.5 is no address)")]
    [InlineData("--dns name", "--dns name: EINVAL (not an address)")]
    [InlineData("--add-host nobody", "--add-host nobody: EINVAL (it is NAME:ADDRESS)")]
    [InlineData("--uts host --hostname x", "--hostname and a uts namespace that is not the container's own: EINVAL (they exclude each other)")]
    [InlineData("-v data/x:/data", "--volume data/x:/data: EINVAL (data/x is neither a path nor the name of a volume)")]
    [InlineData("-v /proc/x", "--volume /proc/x: EINVAL (nothing can be mounted over /proc)")]
    [InlineData("-v data:/proc", "--volume data:/proc: EINVAL (nothing can be mounted over /proc)")]
    [InlineData("--volumes-from nobody", "--volumes-from nobody: EINVAL (there is no such container)")]
    [InlineData("--volumes-from other:rx", "--volumes-from other:rx: EINVAL (no mode rx)")]
    [InlineData("-v /a:/proc/sys", "--volume /a:/proc/sys: EINVAL (nothing can be mounted over /proc)")]
    [InlineData("-v /a:/x/../proc", "--volume /a:/x/../proc: EINVAL (nothing can be mounted over /proc)")]
    [InlineData("-v /a:/", "--volume /a:/: EINVAL (the path in the container cannot be /)")]
    [InlineData("-v /a:b", "--volume /a:b: EINVAL (the path in the container must be absolute)")]
    [InlineData("-v /a:/b:rx", "--volume /a:/b:rx: EINVAL (no option rx)")]
    [InlineData("-v /a:/b -v /c:/b/", "mount target /b: EINVAL (it is given twice)")]
    [InlineData("--mount type=bind,dst=/b", "--mount type=bind,dst=/b: EINVAL (a bind needs source=)")]
    [InlineData("--mount type=volume,src=../v,dst=/b", "--mount type=volume,src=../v,dst=/b: EINVAL (../v is not the name of a volume)")]
    [InlineData("--mount type=image,src=nosuch,dst=/b", "--mount type=image,src=nosuch,dst=/b: EINVAL (there is no image nosuch)")]
    [InlineData("--mount type=bind,src=/a,dst=/b,size=8M", "--mount type=bind,src=/a,dst=/b,size=8M: EINVAL (size is an option of a RAM disk)")]
    [InlineData("--mount type=volume,dst=/b,subpath=x", "--mount type=volume,dst=/b,subpath=x: EINVAL (a subpath is one of an image)")]
    [InlineData("--ramdisk /r:size=-1", "--ramdisk /r:size=-1: EINVAL (\"size=-1\" is no option of a RAM disk)")]
    [InlineData("--ramdisk r", "--ramdisk r: EINVAL (the path in the container must be absolute)")]
    [InlineData("--tmpfs /t:size=lots", "--tmpfs /t:size=lots: EINVAL (\"size=lots\" is no option of tmpfs)")]
    [InlineData("--uidmap 0:1000", "--uidmap 0:1000: EINVAL (it is IN:OUT:LEN, or none)")]
    [InlineData("--uidmap 0:1000:10,5:2000:1", "--uidmap 5:2000:1: EINVAL (it overlaps another record)")]
    [InlineData("--uidmap 0:0:4294967296", "--uidmap 0:0:4294967296: EINVAL (it is IN:OUT:LEN, or none)")]
    [InlineData("--userns host --uidmap none", "--uidmap and --userns host: EINVAL (they exclude each other)")]
    [InlineData("--ns pid=mine", "--ns pid=mine: EINVAL (no such mode, and no namespace is pinned under this name)")]
    [InlineData("--ns foo=host", "--ns foo=host: EINVAL (it is TYPE=MODE)")]
    [InlineData("--ns mnt=host", "--ns mnt=host: ENOTSUP (not supported yet)")]
    [InlineData("--pid container:nobody", "--pid container:nobody: EINVAL (no such container)")]
    [InlineData("--restart sometimes", "--restart sometimes: EINVAL (not a policy)")]
    [InlineData("--restart always:3", "--restart always:3: EINVAL (not a policy)")]
    [InlineData("--restart always --rm", "--restart and --rm: EINVAL (they exclude each other)")]
    [InlineData("--log-driver syslog", "--log-driver syslog: EINVAL (unknown)")]
    [InlineData("--stop-signal NOPE", "--stop-signal NOPE: EINVAL (no such signal)")]
    [InlineData("--oom-score-adj 1001", "--oom-score-adj 1001: EINVAL (not a whole number from -1000 to 1000)")]
    [InlineData("--cgroup-parent ../..", "--cgroup-parent ../..: EINVAL (not the path of a cgroup)")]
    [InlineData("-e =x", "--env =x: EINVAL (the variable has no name)")]
    [InlineData("--env-file /missing", "--env-file /missing: EINVAL (no such file)")]
    public void A_mistake_is_named(string flags, string problem) => Assert.Equal([problem], new Given().Problems(flags));

    [Theory]
    [InlineData("--hostname")]
    [InlineData("--domainname")]
    [InlineData("--dns-search")]
    [InlineData("--dns-option")]
    [InlineData("--dns")]
    [InlineData("--net")]
    public void Control_characters_are_refused(string flag)
    {
        foreach (var value in new[] { "a\nnameserver 6.6.6.6", "a\rb", "a\0b", "a\u001b[2J" })
        {
            Assert.Single(new Given().Run(flag, value, "busybox").Problems);
        }
    }

    [Fact]
    public void A_line_feed_in_a_host_line_is_refused()
    {
        Assert.Single(new Given().Run("--add-host", "a\n6.6.6.6 b:1.2.3.4", "busybox").Problems);
        Assert.Single(new Given().Run("--add-host", "a:1.2.3.4\n6.6.6.6 b", "busybox").Problems);
    }

    [Fact]
    public void All_mistakes_are_named_at_once() =>
        Assert.Equal(4, new Given().Problems("--memory x --cpus y --name /z --net fish:").Count);

    [Fact]
    public void What_the_image_says_is_held_to_the_same_rules()
    {
        var given = new Given();
        given.Image = given.Image with { User = "4294967296", WorkingDirectory = "/proc/self/fd/7", StopSignal = "SIGNOPE" };
        Assert.Equal(
            [
                "working directory of the image /proc/self/fd/7: EINVAL (it leads to open files of a process)",
                "user of the image 4294967296: EINVAL (the user number is not between 0 and 2147483647)",
                "stop signal of the image SIGNOPE: EINVAL (no such signal)",
            ],
            given.Problems(""));
    }
}

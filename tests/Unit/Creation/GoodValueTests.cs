using MiniDock.Abstractions.Model;
using MiniDock.Engine.Containers.Creation;

namespace MiniDock.Tests.Unit.Creation;

public sealed class GoodValueTests
{
    [Theory]
    [InlineData("100", 100)]
    [InlineData("100b", 100)]
    [InlineData("1k", 1024)]
    [InlineData("1.5g", 1610612736)]
    [InlineData("64KiB", 65536)]
    [InlineData("64kb", 65536)]
    [InlineData("2 MB", 2097152)]
    [InlineData("1T", 1099511627776)]
    public void Sizes_are_powers_of_1024(string text, long bytes)
    {
        Assert.True(SizeText.TryParse(text, out var parsed));
        Assert.Equal(bytes, parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("-5m")]
    [InlineData("1x")]
    [InlineData("1mm")]
    [InlineData("1.m")]
    [InlineData(".5m")]
    [InlineData("1bb")]
    [InlineData("9999999999999g")]
    public void What_is_no_size_is_refused(string text) => Assert.False(SizeText.TryParse(text, out _));

    [Fact]
    public void Limits_are_read()
    {
        var limits = new Given().Spec(
            "--mem 100M --memory-swap -1 --memory-swappiness 0 --memory-reservation 50m --cpus 1.5 --cpu-shares 512 --cpuset-cpus 0-1,3 --pids-limit 10 --blkio-weight 300 --device-write-iops /dev/sda:100").Resources;
        Assert.Equal(100L << 20, limits.MemoryLimitBytes);
        Assert.Equal(-1, limits.MemorySwapBytes);
        Assert.Equal(0, limits.MemorySwappiness);
        Assert.Equal(50L << 20, limits.MemoryReservationBytes);
        Assert.Equal(150_000, limits.CpuQuotaMicroseconds);
        Assert.Equal(100_000, limits.CpuPeriodMicroseconds);
        Assert.Equal(512, limits.CpuShares);
        Assert.Equal("0-1,3", limits.CpusetCpus);
        Assert.Equal(10, limits.PidsLimit);
        Assert.Equal(300, limits.BlkioWeight);
        Assert.Equal([new BlkioDeviceLimit("/dev/sda", "write-iops", 100)], limits.BlkioDevices);
    }

    [Fact]
    public void Limits_by_the_names_of_the_kernel_are_read_and_the_last_of_a_name_counts()
    {
        var limits = new Given().Spec(
            "--memory-high 90M --oom-kill-disable --cpus 0.5 --cpu-burst 10000 --cpu-rt-period 500000 --cpu-rt-runtime 1000 --blkio-weight-device /dev/sda:200 "
            + "--hugetlb-limit 2MB:64M --hugetlb-limit 1g:1g --hugetlb-limit 64k:0 --cgroup-conf memory.oom.group=0 --cgroup-conf memory.oom.group=1 --cgroup-conf io.latency=8:0=5").Resources;
        Assert.Equal(90L << 20, limits.MemoryHighBytes);
        Assert.True(limits.OomKillDisable);
        Assert.Equal((10_000L, 1_000L, 500_000L), (limits.CpuBurstMicroseconds, limits.CpuRealtimeRuntimeMicroseconds, limits.CpuRealtimePeriodMicroseconds));
        Assert.Equal([new BlkioDeviceLimit("/dev/sda", "weight", 200)], limits.BlkioDevices);
        Assert.Equal([new HugepageLimit("2MB", 64 << 20), new HugepageLimit("1GB", 1 << 30), new HugepageLimit("64KB", 0)], limits.HugepageLimits);
        Assert.Equal([new CgroupSetting("memory.oom.group", "1"), new CgroupSetting("io.latency", "8:0=5")], limits.Unified);
    }

    [Theory]
    [InlineData("", 2048L)]
    [InlineData("--pids-limit 0", -1L)]
    [InlineData("--pids-limit -1", -1L)]
    public void Processes_are_limited_unless_asked_otherwise(string flags, long expected) => Assert.Equal(expected, new Given().Spec(flags).Resources.PidsLimit);

    [Theory]
    [InlineData("", "bridge")]
    [InlineData("--net default", "bridge")]
    [InlineData("--network=none", "none")]
    [InlineData("--net bridge,ip=10.88.0.9,mtu=1400 --net lab:x", "bridge,ip=10.88.0.9,mtu=1400 lab:x")]
    [InlineData("--net lab --ip 10.0.0.2 --mac-address 02:00:00:00:00:01", "lab,ip=10.0.0.2,mac=02:00:00:00:00:01")]
    [InlineData("--net made,ip=10.0.0.2", "bridge:made,ip=10.0.0.2")]
    [InlineData("--net made:x", "made:x")]
    [InlineData("--net container:other", "container:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb")]
    [InlineData("--ns net=host", "host")]
    [InlineData("--ns net=private", "bridge")]
    [InlineData("--ns net=/run/netns/x", "ns:/run/netns/x")]
    [InlineData("--ns net=lab", "ns:lab")]
    public void Networks_are_read(string flags, string expected) => Assert.Equal(expected, string.Join(' ', new Given().Spec(flags).Networks));

    [Theory]
    [InlineData("-p 8080:80", "-:8080>80/tcp")]
    [InlineData("-p80", "-:0>80/tcp")]
    [InlineData("-p 127.0.0.1:53:53/udp", "127.0.0.1:53>53/udp")]
    [InlineData("-p 127.0.0.1::53", "127.0.0.1:0>53/tcp")]
    [InlineData("-p [::1]:80:80", "::1:80>80/tcp")]
    [InlineData("-p 8000-8002:80-82", "-:8000>80/tcp -:8001>81/tcp -:8002>82/tcp")]
    [InlineData("-P --expose 80 --expose 90-91/udp -p 8080:80", "-:8080>80/tcp -:0>90/udp -:0>91/udp")]
    public void Ports_are_read(string flags, string expected) =>
        Assert.Equal(expected, string.Join(' ', new Given().Spec(flags).Ports.Select(p => $"{p.HostAddress ?? "-"}:{p.HostPort}>{p.ContainerPort}/{p.Protocol}")));

    [Fact]
    public void Ports_mean_nothing_without_a_network_of_the_containers_own()
    {
        var result = new Given().Run("--net", "host", "-p", "80:80", "busybox");
        Assert.Empty(result.Spec!.Ports);
        Assert.Equal(["published ports are discarded with --net host"], result.Warnings);
    }

    [Fact]
    public void Mounts_are_read_and_put_shallow_ones_first()
    {
        var mounts = new Given().Spec("-v /srv/x/../y:/data/in:ro,noexec,rslave -v ./here:/h --mount type=bind,src=/a,dst=/b,readonly,bind-propagation=shared --tmpfs /t:size=64m,mode=1777,exec").Mounts;
        Assert.Equal(["/h", "/b", "/t", "/data/in"], mounts.Select(m => m.Target));
        Assert.Equal(["/home/me/here", "/a", "", "/srv/y"], mounts.Select(m => m.Source));
        Assert.Equal([Propagation.RPrivate, Propagation.Shared, Propagation.RPrivate, Propagation.RSlave], mounts.Select(m => m.Propagation));
        Assert.Equal([false, true, false, true], mounts.Select(m => m.ReadOnly));
        Assert.Equal(["nosuid", "nodev"], mounts[2].Flags);
        Assert.Equal("67108864", mounts[2].Options["size"]);
        Assert.Equal(["noexec"], mounts[3].Flags);
    }

    [Fact]
    public void Namespaces_are_read()
    {
        var namespaces = new Given().Spec("--pid container:other --ns ipc=host --ns uts=/proc/1/ns/uts --cgroupns private").Namespaces;
        Assert.Equal(
            [
                new NamespaceSpec(NamespaceType.Pid, NamespaceMode.Container, new string('b', 64)),
                new NamespaceSpec(NamespaceType.Ipc, NamespaceMode.Host),
                new NamespaceSpec(NamespaceType.Uts, NamespaceMode.Path, "/proc/1/ns/uts"),
            ],
            namespaces);
    }

    [Fact]
    public void Id_maps_make_a_user_namespace_and_one_map_serves_for_both()
    {
        var spec = new Given().Spec("--uidmap 0:1000:1,1:100000:65535");
        Assert.Equal([new IdMapping(0, 1000, 1), new IdMapping(1, 100000, 65535)], spec.UidMap);
        Assert.Equal(spec.UidMap, spec.GidMap);
        Assert.Equal([new NamespaceSpec(NamespaceType.User, NamespaceMode.Private)], spec.Namespaces);
        Assert.True(spec.WritesIdMaps);
    }

    [Fact]
    public void No_map_is_written_when_none_is_asked()
    {
        var spec = new Given().Spec("--uidmap none");
        Assert.Empty(spec.UidMap);
        Assert.False(spec.WritesIdMaps);
        Assert.Equal([new NamespaceSpec(NamespaceType.User, NamespaceMode.Private)], spec.Namespaces);
    }

    [Fact]
    public void Security_is_read()
    {
        var given = new Given();
        given.Files["/p.json"] = "{}";
        var spec = given.Run(
            "--cap-drop", "all", "--cap-add", "cap_net_raw,MKNOD", "--security-opt", "no-new-privileges", "--security-opt", "seccomp=/p.json",
            "--security-opt", "systempaths=unconfined", "--device", "/dev/fuse:r", "--device-cgroup-rule", "c 1:* rm", "busybox").Spec!;
        Assert.Equal(["ALL"], spec.Security.CapDrop);
        Assert.Equal(["NET_RAW", "MKNOD"], spec.Security.CapAdd);
        Assert.True(spec.Security.NoNewPrivileges && spec.Security.UnmaskedPaths);
        Assert.Equal("{}", spec.Security.Seccomp);
        Assert.Equal([new DeviceSpec("/dev/fuse", "/dev/fuse", "r")], spec.Devices);
        Assert.Equal([new DeviceRule('c', 1, null, "rm")], spec.Resources.Devices);
    }

    [Fact]
    public void Labels_never_choose_anything()
    {
        var given = new Given();
        given.Image = given.Image with { Labels = new Dictionary<string, string> { ["a"] = "image", ["io.minidock.hook"] = "/bin/evil" } };
        given.Files["/l"] = "b=file\n";
        var spec = given.Spec("-l a=flag --label-file /l --annotation run.oci.hooks=x");
        Assert.Equal("flag", spec.Labels["a"]);
        Assert.Equal("file", spec.Labels["b"]);
        Assert.Empty(spec.Mounts);
        Assert.Empty(spec.Devices);
        Assert.Equal("auto", spec.CgroupDriver);
        Assert.Equal("bridge", Assert.Single(spec.Networks).ToString());
    }

    [Fact]
    public void Names_are_made_up_and_always_valid()
    {
        for (var i = 0; i < 1000; i++)
        {
            Assert.True(ContainerName.IsValid(RandomName.Next(i % 3)));
        }
    }
}

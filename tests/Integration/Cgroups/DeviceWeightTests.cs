using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;

namespace MiniDock.Tests.Integration.Cgroups;

/// <summary>Limits that only some devices and kernels hold: weights of a block device, huge pages.</summary>
public sealed class DeviceWeightTests(MinidockFixture fixture) : LifeTest(fixture)
{
    private static bool IsV1 => !File.Exists("/sys/fs/cgroup/cgroup.controllers");

    [Fact]
    public void A_device_has_a_weight_where_its_scheduler_knows_weights_and_limits_beside_it()
    {
        var file = Path.Combine(Path.GetTempPath(), $"minidock-weight-{Environment.ProcessId}");
        var device = HostCommand.Shell($"truncate -s 1M {file} && losetup -f --show {file}").ShouldSucceed().Text;
        var scheduler = $"/sys/block/{Path.GetFileName(device)}/queue/scheduler";
        try
        {
            HostCommand.Shell($"echo none > {scheduler}").ShouldSucceed();
            string[] flags = ["--blkio-weight-device", $"{device}:200", "--device-read-bps", $"{device}:1m", "--device-write-iops", $"{device}:50"];
            Assert.Contains("knows no weights", Engine.Run(["run", "--rm", "--net", "none", .. flags, "busybox", "true"]).ShouldExit(125).Stderr);

            var knowsWeights = HostCommand.Shell($"echo bfq > {scheduler}").ExitCode == 0;
            Run("zion", [.. knowsWeights ? flags : flags[2..], "busybox", "sleep", "1000"]);
            var number = HostCommand.Shell($"cat /sys/block/{Path.GetFileName(device)}/dev").ShouldSucceed().Text;
            var limits = Engine.Run("limits", "--format", "{{.Value}}", "zion").ShouldSucceed().Text;
            Assert.Contains(IsV1 ? $"{number} 1048576" : $"{number} rbps=1048576 wbps=max riops=max wiops=50", limits);
            if (knowsWeights)
            {
                Assert.Contains($"{number} 200", limits);
                Engine.Run("update", "--blkio-weight-device", $"{device}:400", "--device-read-bps", $"{device}:2m", "zion").ShouldSucceed();
                limits = Engine.Run("limits", "--format", "{{.Value}}", "zion").ShouldSucceed().Text;
                Assert.Contains($"{number} 400", limits);
                Assert.Contains(IsV1 ? $"{number} 2097152" : $"{number} rbps=2097152", limits);
                Assert.Equal("400", Inspect("zion", "{{(index .HostConfig.BlkioWeightDevice 0).Weight}}"));
            }

            Engine.Run("rm", "-f", "zion").ShouldSucceed();
        }
        finally
        {
            HostCommand.Shell($"losetup -d {device}; rm {file}");
        }
    }

    [Fact]
    public void Huge_pages_are_limited_where_the_version_has_their_controller_and_refused_elsewhere()
    {
        Requires.KernelFile("/sys/kernel/mm/hugepages/hugepages-2048kB", "huge pages of 2 MiB");
        var isThere = IsV1
            ? Directory.Exists("/sys/fs/cgroup/hugetlb")
            : File.ReadAllText("/sys/fs/cgroup/cgroup.controllers").Contains("hugetlb", StringComparison.Ordinal);
        var outcome = Engine.Run("run", "-d", "--name", "zion", "--net", "none", "--hugetlb-limit", "2m:64m", "busybox", "sleep", "1000");
        if (!isThere)
        {
            Assert.Contains("limit --hugetlb-limit: ENODEV", outcome.ShouldExit(125).Stderr);
            return;
        }

        outcome.ShouldSucceed();
        Assert.Contains("huge pages 2MB 64MiB", Engine.Run("limits", "--format", "{{.Name}} {{.Value}}", "zion").ShouldSucceed().Text);
    }

    [Fact]
    public void Without_the_killer_a_container_waits_for_memory_until_it_may_be_killed_again()
    {
        Requires.CgroupV1("memory");
        Run("hungry", "--mem", "20M", "--oom-kill-disable", "busybox", "dd", "if=/dev/zero", "of=/dev/null", "bs=100M", "count=1");
        Eventually.True(() => Engine.Run("limits", "--format", "{{.Name}} {{.Value}} {{.Used}}", "hungry").Text.Contains("oom kill disabled waits for memory", StringComparison.Ordinal), "it waits");
        Assert.Equal("true true", Inspect("hungry", "{{.State.Running}} {{.HostConfig.OomKillDisable}}"));

        Engine.Run("update", "--oom-kill-disable=false", "hungry").ShouldSucceed();
        Assert.Equal("137", Engine.Run("wait", "hungry").ShouldSucceed().Text);
        Assert.Equal("true", Inspect("hungry", "{{.State.OOMKilled}}"));

        Engine.Run("update", "--oom-kill-disable", "hungry").ShouldSucceed();
        Engine.Run("start", "hungry").ShouldSucceed();
        Engine.Run("rm", "-f", "hungry").ShouldSucceed();
    }
}

using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Run;

namespace MiniDock.Tests.Unit.Run;

public sealed class RunPlannerTests
{
    private static readonly EnginePaths Paths = new("/root-of-test", "/run-of-test");

    [Fact]
    public void Host_steps_come_in_the_order_cgroup_root_network_names_clone_attach()
    {
        var plan = Plan(FakeProviders.Set(new FakeProviders()), Spec()).Plan!;

        Assert.Equal(
            ["cgroup.create", "root.snapshot", "net.0.lease", "etc.files", "spawn", "net.0.port"],
            plan.Steps.Where(s => s.Phase != PlanPhase.Child).Select(s => s.Id));
    }

    [Fact]
    public void Every_step_id_is_unique()
    {
        var plan = Plan(FakeProviders.Set(new FakeProviders()), Spec()).Plan!;

        Assert.Equal(plan.Steps.Count, plan.Steps.Select(s => s.Id).Distinct().Count());
    }

    [Fact]
    public void All_problems_are_told_at_once_and_nothing_is_planned()
    {
        var planned = Plan(
            FakeProviders.Set(
                new FakeProviders { Problems = [new("network lab: ENOENT")] },
                cgroup: new FakeProviders { Problems = [new("memory limit: no controller", "mount one")] }),
            Spec() with { Mounts = [new MountSpec { Type = "floppy", Target = "/a" }] });

        Assert.Null(planned.Plan);
        var error = Assert.Throws<EngineException>(planned.ThrowIfImpossible);
        Assert.Contains("network lab: ENOENT", error.Message);
        Assert.Contains("memory limit: no controller", error.Message);
        Assert.Contains("mount type floppy", error.Message);
        Assert.Contains("mount one", error.Hint);
        Assert.Equal(125, error.ExitCode);
    }

    [Fact]
    public void An_unknown_network_names_the_providers_that_there_are()
    {
        var planned = Plan(FakeProviders.Set(new FakeProviders { Name = "bridge" }), Spec());

        Assert.Contains(planned.Problems, p => p.Message.Contains("fake") && p.Hint!.Contains("bridge"));
    }

    [Fact]
    public void A_joined_network_namespace_is_not_made_anew()
    {
        var joined = new NamespaceSpec(NamespaceType.Network, NamespaceMode.Host);
        var planned = Plan(FakeProviders.Set(new FakeProviders { Joins = joined }), Spec());

        Assert.Contains(joined, planned.Spec.Namespaces);
        Assert.DoesNotContain("net", planned.Plan!.Steps.Single(s => s.Kind == SpawnStep.Kind).Arguments["namespaces"].Split(' '));
    }

    [Fact]
    public void A_user_namespace_gets_its_maps_before_anything_else_of_the_host()
    {
        var plan = Plan(
            FakeProviders.Set(new FakeProviders()),
            Spec() with
            {
                Namespaces = [new NamespaceSpec(NamespaceType.User, NamespaceMode.Private)],
                UidMap = [new IdMapping(0, 1000, 1)],
                GidMap = [new IdMapping(0, 1000, 1)],
            }).Plan!;

        var first = plan.In(PlanPhase.HostAfter).First();
        Assert.Equal(IdMapsHandler.StepKind, first.Kind);
        Assert.Equal("0 1000 1", first.Arguments["uid"]);
    }

    private static PlanningResult Plan(ProviderSet providers, ContainerSpec spec) => new RunPlanner(providers).Plan(spec, Host(), Paths);

    private static ContainerSpec Spec()
    {
        var digest = Digest.FromHash(new byte[32]);
        return new ContainerSpec
        {
            Id = ContainerId.New(),
            Name = "zion",
            Created = DateTimeOffset.UnixEpoch,
            Image = new ImageSelection("busybox", digest, [digest]),
            Process = new ProcessSpec { Arguments = ["true"] },
            Networks = [new AttachmentSpec("fake", null, new Dictionary<string, string>())],
        };
    }

    private static HostFacts Host() => new()
    {
        KernelRelease = "6.18.0",
        BootId = "boot",
        EffectiveUserId = 0,
        BoundingCapabilities = ulong.MaxValue,
        LastCapability = 40,
        FileSystems = new HashSet<string> { "erofs", "overlay", "proc" },
        Cgroups = new CgroupLayout(CgroupMode.V2, "/sys/fs/cgroup", new Dictionary<string, string>(), ["memory", "pids", "cpu"]),
        HardLimits = new Dictionary<string, ulong>(),
        Processors = 2,
        MemoryBytes = 1L << 30,
        Namespaces = new HashSet<string> { "mnt", "uts", "ipc", "pid", "net", "user", "cgroup", "time" },
        HostName = "host",
    };
}

using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Run.Child;

namespace MiniDock.Tests.Unit.Child;

public sealed class ContainerChildPlanTests
{
    private static readonly ContainerSpec Spec = new()
    {
        Id = ContainerId.Parse(new string('a', 64)),
        Name = "test",
        Created = DateTimeOffset.UnixEpoch,
        Image = new ImageSelection("busybox", default, []),
        Process = new ProcessSpec { Arguments = ["true"] },
    };

    private static readonly HostFacts Host = new()
    {
        KernelRelease = "6.18.0",
        BootId = "",
        EffectiveUserId = 0,
        BoundingCapabilities = ulong.MaxValue,
        LastCapability = 40,
        FileSystems = new HashSet<string> { "mqueue" },
        Cgroups = new CgroupLayout(CgroupMode.V2, "/sys/fs/cgroup", new Dictionary<string, string>(), []),
        HardLimits = new Dictionary<string, ulong> { ["nofile"] = 1000 },
        Processors = 2,
        MemoryBytes = 1,
        Namespaces = new HashSet<string>(),
        HostName = "host",
    };

    [Fact]
    public void Every_step_is_a_child_step_with_an_id_of_its_own_and_a_reason()
    {
        var steps = Plan(Spec);
        Assert.All(steps, s => Assert.Equal(PlanPhase.Child, s.Phase));
        Assert.All(steps, s => Assert.NotEqual("", s.Why));
        Assert.Equal(steps.Count, steps.Select(s => s.Id).Distinct().Count());
    }

    [Fact]
    public void What_gives_rights_away_comes_after_what_needs_them()
    {
        var kinds = Plan(Spec with { ReadOnlyRoot = true }).Select(s => s.Kind).ToList();
        string[] order =
        [
            "cgroup", EngineStepKinds.NewCgroupNamespace, EngineStepKinds.SeparateMounts, "root", EngineStepKinds.OpenRoot, ChildStepKinds.Mount, EngineStepKinds.Device,
            "user", EngineStepKinds.Mask, EngineStepKinds.ReadOnlyPaths, EngineStepKinds.ReadOnlyRoot, EngineStepKinds.PivotRoot, EngineStepKinds.AwaitHost,
            EngineStepKinds.Session, EngineStepKinds.Seccomp, EngineStepKinds.Credentials, EngineStepKinds.Execute,
        ];
        var places = order.Select(kind => kinds.IndexOf(kind)).ToList();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public void With_no_new_privileges_the_filter_is_loaded_last()
    {
        var kinds = Plan(Spec with { Security = new SecuritySpec { NoNewPrivileges = true } }).Select(s => s.Kind).ToList();
        Assert.True(kinds.IndexOf(EngineStepKinds.NoNewPrivileges) < kinds.IndexOf(EngineStepKinds.Credentials));
        Assert.True(kinds.IndexOf(EngineStepKinds.Credentials) < kinds.IndexOf(EngineStepKinds.Seccomp));
    }

    [Fact]
    public void Privileged_has_all_devices_no_filter_and_no_masks()
    {
        var kinds = Plan(Spec with { Security = new SecuritySpec { Privileged = true } }).Select(s => s.Kind).ToList();
        Assert.Contains(EngineStepKinds.AllDevices, kinds);
        Assert.DoesNotContain(EngineStepKinds.Seccomp, kinds);
        Assert.DoesNotContain(EngineStepKinds.Mask, kinds);
        Assert.DoesNotContain(EngineStepKinds.ReadOnlyPaths, kinds);
    }

    [Fact]
    public void A_mount_of_the_user_takes_the_place_of_the_default_one()
    {
        var steps = Plan(Spec with { Mounts = [new MountSpec { Type = "tmpfs", Target = "/dev/shm" }, new MountSpec { Type = "bind", Source = "/x", Target = "/etc/hosts" }] });
        Assert.DoesNotContain(steps, s => s.Id is "child.mount.dev.shm" or "child.bind.etc.hosts");
        Assert.Contains(steps, s => s.Id == "child.mount.dev.pts");
    }

    [Fact]
    public void A_mount_below_another_one_comes_after_it_whatever_the_order_of_the_options()
    {
        PlanStep[] mounts = [UserMount("deep", "/a/b/c"), UserMount("top", "/a"), UserMount("middle", "/a/b")];
        var ids = ContainerChildPlan.Steps(Spec, Host, Paths, [], mounts, []).Select(s => s.Id).Where(id => id is "deep" or "top" or "middle");
        Assert.Equal(["top", "middle", "deep"], ids);
    }

    [Fact]
    public void A_limit_is_no_higher_than_the_engines()
    {
        var step = Plan(Spec with { Process = Spec.Process with { Rlimits = [new Rlimit("nofile", 5, ulong.MaxValue)] } }).Single(s => s.Kind == EngineStepKinds.Rlimit);
        Assert.Equal(("5", "1000"), (step.Arguments["soft"], step.Arguments["hard"]));
    }

    [Fact]
    public void A_container_without_a_user_namespace_makes_its_mounts_itself() => Assert.Null(UserNamespaceMounts.StepsOf(Plan(Spec)));

    [Fact]
    public void The_mounts_of_a_user_namespace_are_the_steps_from_the_id_maps_to_the_root()
    {
        var steps = Plan(Spec with { Namespaces = [new NamespaceSpec(NamespaceType.User, NamespaceMode.Private)] }).ToList();
        var range = UserNamespaceMounts.StepsOf(steps)!.Value;
        Assert.Equal(EngineStepKinds.AwaitIdMaps, steps[range.Start.Value - 1].Kind);
        Assert.Equal(EngineStepKinds.SeparateMounts, steps[range.Start].Kind);
        Assert.Equal(EngineStepKinds.PivotRoot, steps[range.End.Value - 1].Kind);
    }

    [Theory]
    [InlineData(NamespaceMode.Host, "child.mount.dev.shm", ChildStepKinds.Bind)]
    [InlineData(NamespaceMode.Private, "child.mount.dev.shm", ChildStepKinds.Mount)]
    public void Shared_memory_goes_with_the_ipc_namespace(NamespaceMode mode, string id, string kind) =>
        Assert.Equal(kind, Plan(Spec with { Namespaces = [new NamespaceSpec(NamespaceType.Ipc, mode)] }).Single(s => s.Id == id).Kind);

    private static readonly EnginePaths Paths = new("/root-of-engine", "/run-of-engine");

    private static IReadOnlyList<PlanStep> Plan(ContainerSpec spec) =>
        ContainerChildPlan.Steps(spec, Host, Paths, [Other("root")], [Other("user")], [Other("cgroup")]);

    private static PlanStep UserMount(string id, string target) => Other(id) with { Arguments = StepValues.Of(("target", target), ("in", "root")) };

    private static PlanStep Other(string kind) => new() { Id = kind, Phase = PlanPhase.Child, Kind = kind, Why = "test" };
}

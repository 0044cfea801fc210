using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Containers.Creation;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Run;

namespace MiniDock.Engine.Containers.Groups;

/// <summary>Makes, changes and removes control groups that containers share by <c>--cgroup-parent</c>. The definition is written first and removed last, so
/// that whatever is cut short is done again by the next command or by the next run.</summary>
public sealed class GroupControl(ContainerStore store, StepHandlers handlers, ProviderSet providers, HostFacts host, Action<string> warn)
{
    private readonly SharedGroups _groups = new(store.Paths);

    /// <summary>Makes a group with limits.</summary>
    /// <exception cref="EngineException">It is defined already, or the host cannot hold the limits.</exception>
    public void Create(string path, RunFlags flags)
    {
        if (_groups.Find(path) is not null)
        {
            throw new EngineException($"cgroup {path}: EEXIST (it is there already)", "change it: minidock cgroup update");
        }

        var spec = Of(path, Read(flags, new ResourceLimits { PidsLimit = null }));
        var step = Provider(spec).PlanParent(Checked(spec)) ?? throw None(path);
        _groups.Write(path, spec.Resources);
        try
        {
            handlers.Of(step).Apply(step, Context(spec));
        }
        catch (EngineException)
        {
            handlers.Of(step).Undo(step, null, Context(spec));
            _groups.Delete(path);
            throw;
        }
    }

    /// <summary>Changes limits of a group; what was not typed stays.</summary>
    /// <exception cref="EngineException">The limits cannot be held; nothing has changed.</exception>
    public void Update(string path, RunFlags flags)
    {
        var now = Of(path, Found(path));
        var spec = now with { Resources = Read(flags, now.Resources) };
        var request = Checked(spec);
        _groups.Write(path, spec.Resources);
        if (Provider(spec).PlanParentUpdate(request, now) is not { } step)
        {
            return;
        }

        try
        {
            // After a reboot it is not there until somebody needs it.
            if (Directories(path).Count > 0)
            {
                handlers.Of(step).Apply(step, Context(spec));
            }
        }
        catch (EngineException)
        {
            handlers.Of(step).Undo(step, null, Context(spec));
            _groups.Write(path, now.Resources);
            throw;
        }
    }

    /// <summary>Removes a group that nothing is in.</summary>
    public void Remove(string path)
    {
        var spec = Of(path, Found(path));
        if (Users(path) is { Count: > 0 } users)
        {
            throw new EngineException($"cgroup {path}: EBUSY (containers run in it: {string.Join(' ', users)})", "stop them first");
        }

        if (Provider(spec).PlanParent(new CgroupRequest(spec, host, store.Paths)) is { } step)
        {
            handlers.Of(step).Undo(step, null, Context(spec));
        }

        _groups.Delete(path);
    }

    /// <summary>The paths of all groups.</summary>
    public IReadOnlyList<string> List() => _groups.List();

    /// <summary>Names of the running containers below a group.</summary>
    public IReadOnlyList<string> Users(string path) =>
        [.. store.ListActive().Where(c => c.IsRunning && IsBelow(c.Spec.CgroupParent, path)).Select(c => c.Spec.Name).Order(StringComparer.Ordinal)];

    /// <summary>What the processes below a group use.</summary>
    public CgroupUsage UsageOf(string path) => Provider(Of(path, new())).ReadUsage(host, SharedGroups.Normal(path));

    /// <summary>The limits of a group as the kernel holds them; empty where it is not there.</summary>
    public IReadOnlyList<CgroupLimit> LimitsOf(string path)
    {
        _ = Found(path);
        return Directories(path).Count == 0 ? [] : [.. Provider(Of(path, new())).ReadLimits(host, SharedGroups.Normal(path))];
    }

    private static bool IsBelow(string? parent, string path) =>
        parent is not null && (SharedGroups.Normal(parent) + "/").StartsWith(SharedGroups.Normal(path) + "/", StringComparison.Ordinal);

    private static EngineException None(string path) => new($"cgroup {path}: ENODEV (no control groups are used on this host)");

    private IReadOnlyList<(string Controllers, string Directory)> Directories(string path) =>
        Provider(Of(path, new())).Directories(host, SharedGroups.Normal(path));

    private ResourceLimits Found(string path) =>
        _groups.Find(path) ?? throw new EngineException($"cgroup {path}: ENOENT (no such group)", "minidock cgroup ls lists them; minidock cgroup create makes one");

    private ResourceLimits Read(RunFlags flags, ResourceLimits before)
    {
        var findings = new Findings();
        var limits = new LimitsReader(findings).Read(flags, host, [], before);
        return findings.Problems.Count == 0 ? limits : throw EngineException.Of(findings.Problems, exitCode: 1);
    }

    private CgroupRequest Checked(ContainerSpec spec)
    {
        var request = new CgroupRequest(spec, host, store.Paths);
        var provider = Provider(spec);
        if (provider.Validate(request).ToList() is { Count: > 0 } problems)
        {
            throw EngineException.Of(problems, exitCode: 1);
        }

        foreach (var notice in provider.Notices(request))
        {
            warn(notice);
        }

        return request;
    }

    private ICgroupProvider Provider(ContainerSpec spec) => providers.Cgroup("auto", host) ?? throw None(spec.CgroupParent!);

    private StepContext Context(ContainerSpec spec) => new(spec.Id, store.Paths);

    // The providers' contract speaks of containers; this one never runs, and no device is guarded for it.
    private static ContainerSpec Of(string path, ResourceLimits limits) => new()
    {
        Id = ContainerId.Parse(new string('0', 64)),
        Name = "cgroup",
        Created = DateTimeOffset.UnixEpoch,
        Image = new ImageSelection("none", Digest.FromHash(new byte[32]), []),
        Process = new ProcessSpec { Arguments = [] },
        Resources = limits,
        CgroupParent = path,
        Security = new SecuritySpec { Privileged = true },
    };
}

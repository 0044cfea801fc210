using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;

namespace MiniDock.Abstractions.Providers;

/// <summary>Assembles the control groups of a container.</summary>
public interface ICgroupProvider : IProvider
{
    /// <summary>Whether <c>auto</c> may choose it on this host.</summary>
    bool Supports(HostFacts host);

    /// <summary>Names every limit that this host cannot hold; empty when the request may be planned. Changes nothing.</summary>
    IEnumerable<Problem> Validate(CgroupRequest request);

    /// <summary>What is held by another means than was asked, a sentence each without a full stop, such as swappiness 0 on version 2. Told to the
    /// user on standard error when the container starts.</summary>
    IEnumerable<string> Notices(CgroupRequest request) => [];

    /// <summary>Steps that make the groups, set limits, and put the child in (<see cref="ChildStepKinds.CgroupJoin"/>).</summary>
    IEnumerable<PlanStep> Plan(CgroupRequest request);

    /// <summary>A v2 group that the process is cloned into (CLONE_INTO_CGROUP, Linux 5.7), or null.</summary>
    string? SpawnCgroup(CgroupRequest request);

    /// <summary>The step that freezes every process of a running container; its undoing lets them go on. Null where there is nothing that can.</summary>
    PlanStep? PlanFreeze(CgroupRequest request) => null;

    /// <summary>Steps that change the limits of a running container. They are applied with the container's run locked, and undone where a later one fails.
    /// Their ids are those of <see cref="UpdateStepIds"/>.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="before">The same container as it is.</param>
    IEnumerable<PlanStep> PlanUpdate(CgroupRequest request, ContainerSpec before) => [];

    /// <summary>Steps that change which devices a running container may use, from those of a specification to those of another. Undoing them changes it back.
    /// None where there is nothing that forbids devices.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="before">The same container as it is.</param>
    IEnumerable<PlanStep> PlanDevices(CgroupRequest request, ContainerSpec before) => [];

    /// <summary>The step that makes the parent which a specification names, with the limits of the specification for itself: containers below it share
    /// them. Made where it is there already, it sets the limits. Undoing it removes the group, and fails where something is in it. Null where there are no groups.</summary>
    PlanStep? PlanParent(CgroupRequest request) => null;

    /// <summary>The step that changes the limits of such a parent; null where nothing changes.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="before">The same as it is.</param>
    PlanStep? PlanParentUpdate(CgroupRequest request, ContainerSpec before) => null;

    /// <summary>Path of the container's group below the root of each hierarchy, without a leading slash; null where it has none.</summary>
    string? PathOf(CgroupRequest request) => null;

    /// <summary>The directories that a group has on a host, by the names of their controllers; empty where it is gone.</summary>
    IReadOnlyList<(string Controllers, string Directory)> Directories(HostFacts host, string path) => [];

    /// <summary>Reads what a group uses.</summary>
    CgroupUsage ReadUsage(HostFacts host, string path) => new();

    /// <summary>Reads the limits of a group, those that are not set too.</summary>
    IEnumerable<CgroupLimit> ReadLimits(HostFacts host, string path) => [];

    /// <summary>Reads what the groups of a container have counted; all zero where they are gone.</summary>
    CgroupEvents ReadEvents(CgroupRequest request);
}

namespace MiniDock.Abstractions.Plan;

/// <summary>Kinds of Child steps that providers may contribute; each is encoded to operations of the child program.</summary>
public static class ChildStepKinds
{
    /// <summary>mount(2). Arguments: <c>source type target flags data</c> (flags by name, separated by commas: <c>ro nosuid nodev noexec</c>…),
    /// <c>in</c> = <c>host</c> (target is a host path, seen in the child's mount namespace before pivot_root) or <c>root</c>
    /// (target is resolved inside the new root, never outside), <c>create</c> = <c>dir</c> or <c>file</c> where it may be missing.</summary>
    public const string Mount = "child.mount";

    /// <summary>A bind mount. Arguments: <c>source target in create</c> as in <see cref="Mount"/>, <c>recursive</c> = <c>true</c>,
    /// <c>flags</c> (set by mount_setattr, recursively), <c>propagation</c> (name of a <see cref="Model.Propagation"/>), <c>idmap</c> =
    /// <c>true</c> (its files have the ids of the container's user namespace, where it has one; Linux 5.12).</summary>
    public const string Bind = "child.bind";

    /// <summary>Puts a mount into the root that a HostBefore step has made and kept (<see cref="IStepContext.Keep"/>). Arguments: <c>kept</c> (that step's id),
    /// <c>target in create flags</c> as in <see cref="Mount"/>, <c>idmap</c> as in <see cref="Bind"/>.</summary>
    public const string AttachKept = "child.attach";

    /// <summary>Joins cgroups before anything else: writes <c>0</c> to each file. Arguments: <c>files</c> (absolute, separated by line feeds).</summary>
    public const string CgroupJoin = "child.cgroup-join";

    /// <summary>Makes a directory inside the root or on the host side. Arguments: <c>target in mode</c> (octal).</summary>
    public const string Directory = "child.mkdir";
}

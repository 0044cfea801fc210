namespace MiniDock.Engine.Run.Child;

/// <summary>Kinds of the Child steps that the engine itself plans, beside <see cref="Abstractions.Plan.ChildStepKinds"/>.</summary>
internal static class EngineStepKinds
{
    /// <summary>Joins a namespace: <c>type</c>.</summary>
    public const string JoinNamespace = "child.join-namespace";

    /// <summary>Joins the namespaces of the container's first process: <c>types</c>; <c>root</c>, whether it then becomes root of the user namespace.</summary>
    public const string JoinProcess = "child.join-namespaces";

    /// <summary>Ends with the engine.</summary>
    public const string EndWithEngine = "child.end-with-engine";

    /// <summary>Waits until the host has written the id maps, and becomes the root of the user namespace.</summary>
    public const string AwaitIdMaps = "child.await-id-maps";

    /// <summary>A cgroup namespace whose root is the group that the child is in by now.</summary>
    public const string NewCgroupNamespace = "child.new-cgroup-namespace";

    /// <summary>Takes the mounts of the host out of the child's propagation.</summary>
    public const string SeparateMounts = "child.separate-mounts";

    /// <summary>Opens the assembled root: <c>path</c>.</summary>
    public const string OpenRoot = "child.open-root";

    /// <summary>A device node: <c>source</c> on the host, <c>target</c> inside.</summary>
    public const string Device = "child.device";

    /// <summary>Nodes of all devices of the host.</summary>
    public const string AllDevices = "child.all-devices";

    /// <summary>Symbolic links in /dev: <c>links</c>, <c>name target</c> by line.</summary>
    public const string Links = "child.links";

    /// <summary>The terminal as /dev/console.</summary>
    public const string Console = "child.console";

    /// <summary>Changes flags of a mount made before: <c>target flags</c>.</summary>
    public const string Remount = "child.remount";

    /// <summary>Hides <c>paths</c>.</summary>
    public const string Mask = "child.mask";

    /// <summary>Makes <c>paths</c> read-only.</summary>
    public const string ReadOnlyPaths = "child.read-only-paths";

    /// <summary>Kernel parameter <c>name value</c>.</summary>
    public const string Sysctl = "child.sysctl";

    /// <summary>Host name <c>name</c>.</summary>
    public const string HostName = "child.host-name";

    /// <summary>NIS domain <c>name</c>.</summary>
    public const string DomainName = "child.domain-name";

    /// <summary>Changes the root.</summary>
    public const string PivotRoot = "child.pivot-root";

    /// <summary>Makes the root mount read-only.</summary>
    public const string ReadOnlyRoot = "child.read-only-root";

    /// <summary>Sends the root to the engine, which looks the user up in it, and waits for the end of the host's steps.</summary>
    public const string AwaitHost = "child.await-host";

    /// <summary>A session, with its standard streams and terminal.</summary>
    public const string Session = "child.session";

    /// <summary>A session keyring.</summary>
    public const string Keyring = "child.keyring";

    /// <summary>Working directory <c>path</c>; <c>create</c> is <c>no</c> where it must exist.</summary>
    public const string WorkingDirectory = "child.working-directory";

    /// <summary>Resource limit <c>name soft hard</c>.</summary>
    public const string Rlimit = "child.rlimit";

    /// <summary>The oom killer's preference <c>value</c>.</summary>
    public const string OomScore = "child.oom-score";

    /// <summary>No new privileges.</summary>
    public const string NoNewPrivileges = "child.no-new-privileges";

    /// <summary>System call filter <c>profile</c>.</summary>
    public const string Seccomp = "child.seccomp";

    /// <summary>User and capabilities: <c>capabilities</c> (hexadecimal).</summary>
    public const string Credentials = "child.credentials";

    /// <summary>The small init as process 1.</summary>
    public const string Init = "child.init";

    /// <summary>Executes <c>arguments</c>.</summary>
    public const string Execute = "child.exec";
}

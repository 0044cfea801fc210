using System.Globalization;

namespace MiniDock.Tests.Integration.Harness;

/// <summary>A running container as the host sees it.</summary>
public sealed class ContainerView
{
    private ContainerView(int pid) => Pid = pid;

    /// <summary>The host's id of its first process.</summary>
    public int Pid { get; }

    /// <summary>Waits until <c>inspect</c> knows the container's process, and looks at that.</summary>
    public static ContainerView Of(Minidock engine, string name)
    {
        var pid = 0;
        Eventually.True(
            () => int.TryParse(engine.Run("inspect", "-f", "{{.State.Pid}}", name).Text, CultureInfo.InvariantCulture, out pid) && pid > 0,
            $"inspect gives a process id of {name}");
        return new ContainerView(pid);
    }

    /// <summary>Which namespace of a type (<c>mnt uts ipc pid net user cgroup time</c>) it is in, as <c>type:[inode]</c>.</summary>
    public string Namespace(string type) => ProcFile.TryReadLink($"/proc/{Pid}/ns/{type}");

    /// <summary>Which namespace of a type the tests, that is the host, are in.</summary>
    public static string HostNamespace(string type) => ProcFile.TryReadLink($"/proc/self/ns/{type}");

    /// <summary>A file of <c>/proc/PID</c>.</summary>
    public string Proc(string file) => ProcFile.TryRead($"/proc/{Pid}/{file}");

    /// <summary>The group that holds it in the v1 hierarchy of a controller, or in v2 where the controller is empty, as a directory.</summary>
    public string CgroupDirectory(string controller)
    {
        var path = Proc("cgroup").Split('\n').Select(line => line.Split(':', 3))
            .First(fields => fields.Length == 3 && fields[1].Split(',').Contains(controller))[2];
        var point = HostCgroups.MountPoints().First(mount => controller.Length > 0
            ? mount.EndsWith('/' + controller, StringComparison.Ordinal)
            : File.Exists(Path.Combine(mount, "cgroup.controllers")));
        return point + path;
    }

    /// <summary>Runs a program of the host in some of its namespaces, given as options of nsenter(1).</summary>
    public Outcome Enter(string options, params string[] command) =>
        HostCommand.Run("nsenter", ["-t", $"{Pid}", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--", .. command]);
}

using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Network;

/// <summary>An Open vSwitch of the test's own, with the datapath in user space: it neither needs nor touches one of the machine.</summary>
internal sealed class OpenVswitch : IDisposable
{
    private readonly string[] _prefix;
    private readonly Dictionary<string, string?> _environment;
    private readonly HashSet<string> _links = ["ovs-netdev"];
    private readonly RunningCommand _database;
    private RunningCommand _daemon;

    /// <summary>Starts one.</summary>
    /// <param name="directory">Where it may make a directory for its files.</param>
    /// <param name="networkNamespace">Name of the namespace that it is the switch of; null: the host's.</param>
    public OpenVswitch(string directory, string? networkNamespace = null)
    {
        _prefix = networkNamespace is null ? [] : ["ip", "netns", "exec", networkNamespace];
        RunDirectory = Directory.CreateDirectory(Path.Combine(directory, $"ovs{Guid.NewGuid():n}"[..11])).FullName;
        _environment = new() { ["OVS_RUNDIR"] = RunDirectory, ["OVS_DBDIR"] = RunDirectory, ["OVS_LOGDIR"] = RunDirectory };
        Run("ovsdb-tool", "create", Path.Combine(RunDirectory, "conf.db"), "/usr/share/openvswitch/vswitch.ovsschema").ShouldSucceed();
        _database = Start("ovsdb-server", Path.Combine(RunDirectory, "conf.db"), $"--remote=punix:{Socket}");
        Vsctl("--retry", "--no-wait", "init");
        _daemon = StartDaemon();
    }

    /// <summary>Its run directory, what <c>OVS_RUNDIR</c> is to name.</summary>
    public string RunDirectory { get; }

    /// <summary>The socket of its database.</summary>
    public string Socket => Path.Combine(RunDirectory, "db.sock");

    /// <summary>Makes a switch.</summary>
    public void AddSwitch(string name)
    {
        Vsctl("add-br", name, "--", "set", "bridge", name, "datapath_type=netdev");
        _links.Add(name);
    }

    /// <summary>Names of a switch's ports but its own.</summary>
    public string[] Ports(string name) => Vsctl("--no-wait", "list-ports", name).Lines;

    /// <summary>Runs ovs-vsctl(8).</summary>
    public Outcome Vsctl(params string[] arguments) => Run("ovs-vsctl", ["--timeout=60", $"--db=unix:{Socket}", .. arguments]).ShouldSucceed();

    /// <summary>Ends the daemon that forwards; the database goes on.</summary>
    public void StopDaemon()
    {
        _daemon.Signal("TERM");
        _daemon.Wait();
        _daemon.Dispose();
    }

    /// <summary>Starts that daemon again.</summary>
    public void RestartDaemon()
    {
        StopDaemon();
        _daemon = StartDaemon();
        Vsctl("set", "Open_vSwitch", ".", "external_ids:restarted=yes");
    }

    /// <summary>Has the database answer nothing any more, or again.</summary>
    public void Hang(bool isHung) => _database.Signal(isHung ? "STOP" : "CONT");

    public void Dispose()
    {
        _daemon.Dispose();
        _database.Dispose();

        // Tap devices that outlive the daemon on purpose: they keep the host's addresses when it is restarted.
        Run("sh", "-c", $"for link in {string.Join(' ', _links)}; do ip link delete $link; done");
        Directory.Delete(RunDirectory, recursive: true);
    }

    private RunningCommand StartDaemon() => Start("ovs-vswitchd", $"unix:{Socket}");

    private RunningCommand Start(string program, params string[] arguments)
    {
        string[] command = [.. _prefix, program, .. arguments, "-vconsole:off", "-vsyslog:off", $"--log-file={Path.Combine(RunDirectory, program)}.log"];
        return RunningCommand.Start(command[0], command[1..], RunningCommand.KeepOpen, _environment);
    }

    private Outcome Run(string program, params string[] arguments)
    {
        string[] command = [.. _prefix, program, .. arguments];
        using var running = RunningCommand.Start(command[0], command[1..], environment: _environment);
        return running.Wait();
    }
}

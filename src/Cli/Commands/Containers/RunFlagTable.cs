using MiniDock.Cli.Input;

namespace MiniDock.Cli.Commands.Containers;

/// <summary>Every flag of <c>run</c> and <c>create</c>: the reader, the help and shell completion all look here.</summary>
internal sealed class RunFlagTable : IFlagSet
{
    private const FlagKind Value = FlagKind.Value;
    private const FlagKind Switch = FlagKind.Switch;

    /// <summary>The rows.</summary>
    public static readonly RunFlag[] All =
    [
        new("--add-host", "", Value, "NAME:IP", "add a line to /etc/hosts; host-gateway stands for the host", (f, v) => f.AddHosts.Add(v)),
        new("--annotation", "", Value, "KEY=VALUE", "add an annotation", (f, v) => f.Annotations.Add(v)),
        new("--blkio-weight", "", Value, "N", "block I/O weight, 10 to 1000", (f, v) => f.BlkioWeight = v),
        new("--blkio-weight-device", "", Value, "DEV:WEIGHT", "block I/O weight on one device", (f, v) => f.BlkioDevices.Add(("weight", v))),
        new("--cap-add", "", Value, "CAP", "add a capability; ALL adds every one", (f, v) => f.CapAdd.Add(v)),
        new("--cap-drop", "", Value, "CAP", "drop a capability; ALL drops every one", (f, v) => f.CapDrop.Add(v)),
        new("--cgroup-conf", "", Value, "FILE=VALUE", "write a file of the cgroup, such as memory.oom.group=1", (f, v) => f.CgroupSettings.Add(v)),
        new("--cgroup-driver", "", Value, "NAME", "who assembles the limits: auto, v1, v2, systemd, none", (f, v) => f.CgroupDriver = v),
        new("--cgroup-parent", "", Value, "PATH", "parent of the container's cgroup", (f, v) => f.CgroupParent = v),
        new("--cgroupns", "", Value, "MODE", "cgroup namespace: private, host, container:NAME", (f, v) => f.CgroupNamespace = v),
        new("--cidfile", "", Value, "FILE", "write the container's id to a file", (f, v) => f.CidFile = v),
        new("--cpu-burst", "", Value, "US", "unused quota that may be spent at once later, microseconds", (f, v) => f.CpuBurst = v),
        new("--cpu-period", "", Value, "US", "period of the processor quota, microseconds", (f, v) => f.CpuPeriod = v),
        new("--cpu-quota", "", Value, "US", "processor time per period, microseconds", (f, v) => f.CpuQuota = v),
        new("--cpu-rt-period", "", Value, "US", "period of real-time policies, microseconds", (f, v) => f.CpuRealtimePeriod = v),
        new("--cpu-rt-runtime", "", Value, "US", "processor time of real-time policies per period, microseconds", (f, v) => f.CpuRealtimeRuntime = v),
        new("--cpu-shares", "-c", Value, "N", "processor weight, 2 to 262144 (default 1024)", (f, v) => f.CpuShares = v),
        new("--cpus", "", Value, "N", "processors, such as 1.5", (f, v) => f.Cpus = v),
        new("--cpuset-cpus", "", Value, "LIST", "processors to run on, such as 0-2,4", (f, v) => f.CpusetCpus = v),
        new("--cpuset-mems", "", Value, "LIST", "memory nodes to use", (f, v) => f.CpusetMems = v),
        new("--detach", "-d", Switch, "", "run in the background and print the id", (f, v) => f.Detach = v == "true"),
        new("--detach-keys", "", Value, "KEYS", "keys that detach from a terminal (default ctrl-p,ctrl-q)", (f, v) => f.DetachKeys = v),
        new("--device", "", Value, "SRC[:DST][:rwm]", "give a device of the host", (f, v) => f.Devices.Add(v)),
        new("--device-cgroup-rule", "", Value, "RULE", "add a rule to the device cgroup, such as 'c 1:3 rwm'", (f, v) => f.DeviceRules.Add(v)),
        new("--device-read-bps", "", Value, "DEV:RATE", "bytes read per second from a device", (f, v) => f.BlkioDevices.Add(("read-bps", v))),
        new("--device-read-iops", "", Value, "DEV:RATE", "reads per second from a device", (f, v) => f.BlkioDevices.Add(("read-iops", v))),
        new("--device-write-bps", "", Value, "DEV:RATE", "bytes written per second to a device", (f, v) => f.BlkioDevices.Add(("write-bps", v))),
        new("--device-write-iops", "", Value, "DEV:RATE", "writes per second to a device", (f, v) => f.BlkioDevices.Add(("write-iops", v))),
        new("--dns", "", Value, "IP", "name server", (f, v) => f.Dns.Add(v)),
        new("--dns-option", "--dns-opt", Value, "OPTION", "option of resolv.conf", (f, v) => f.DnsOptions.Add(v)),
        new("--dns-search", "", Value, "DOMAIN", "search domain", (f, v) => f.DnsSearch.Add(v)),
        new("--domainname", "", Value, "NAME", "NIS domain name", (f, v) => f.DomainName = v),
        new("--dry-run", "", Switch, "", "plan only, change nothing (with --explain: show the plan)", (f, v) => f.DryRun = v == "true"),
        new("--entrypoint", "", Value, "PATH", "replace the image's entry point", (f, v) => f.Entrypoint = v),
        new("--env", "-e", Value, "NAME[=VALUE]", "set a variable, or take it over from here", (f, v) => f.Environment.Add(v)),
        new("--env-file", "", Value, "FILE", "read variables from a file", (f, v) => f.EnvironmentFiles.Add(v)),
        new("--explain", "", FlagKind.OptionalValue, "json", "print the plan: each step, why, and the shell command", (f, v) => f.Explain = v.Length == 0 ? "text" : v),
        new("--expose", "", Value, "PORT[/PROTO]", "name a port that the container serves", (f, v) => f.Expose.Add(v)),
        new("--gidmap", "", Value, "IN:OUT:LEN", "map group ids; none writes no map", (f, v) => f.GidMaps.Add(v)),
        new("--gpus", "", Value, "GPUS", "give graphics processors", null),
        new("--group-add", "", Value, "GROUP", "add a supplementary group", (f, v) => f.GroupAdd.Add(v)),
        new("--health-cmd", "", Value, "CMD", "command inside that checks health, by the container's shell", (f, v) => f.HealthCommand = v),
        new("--health-interval", "", Value, "TIME", "time between checks (default 30s)", (f, v) => f.HealthInterval = v),
        new("--health-retries", "", Value, "N", "failures in a row before unhealthy (default 3)", (f, v) => f.HealthRetries = v),
        new("--health-start-interval", "", Value, "TIME", "time between checks while starting (default 5s)", (f, v) => f.HealthStartInterval = v),
        new("--health-start-period", "", Value, "TIME", "time to start in, whose failures do not count", (f, v) => f.HealthStartPeriod = v),
        new("--health-timeout", "", Value, "TIME", "time for one check before it is killed (default 30s)", (f, v) => f.HealthTimeout = v),
        new("--hook", "", Value, "PLUGIN[,K=V]", "use a hook plugin, repeatable", (f, v) => f.HookPlugins.Add(v)),
        new("--hook-post-stop", "", Value, "CMD", "command on the host after the end, however it comes; reads the state as JSON", (f, v) => f.HooksPostStop.Add(v)),
        new("--hook-pre-start", "", Value, "CMD", "command on the host before the program; its failure fails the start", (f, v) => f.HooksPreStart.Add(v)),
        new("--hostname", "-h", Value, "NAME", "host name inside", (f, v) => f.Hostname = v),
        new("--hugetlb-limit", "", Value, "PAGE:SIZE", "limit of huge pages of a size, such as 2MB:64M", (f, v) => f.HugepageLimits.Add(v)),
        new("--init", "", Switch, "", "run a small init as process 1", (f, v) => f.Init = v == "true"),
        new("--interactive", "-i", Switch, "", "keep standard input open", (f, v) => f.Interactive = v == "true"),
        new("--ip", "", Value, "IP", "IPv4 address on the first network", (f, v) => f.Ip = v),
        new("--ip6", "", Value, "IP", "IPv6 address on the first network", (f, v) => f.Ip6 = v),
        new("--ipc", "", Value, "MODE", "ipc namespace: private, host, container:NAME", (f, v) => f.Ipc = v),
        new("--label", "-l", Value, "KEY=VALUE", "add a label", (f, v) => f.Labels.Add(v)),
        new("--label-file", "", Value, "FILE", "read labels from a file", (f, v) => f.LabelFiles.Add(v)),
        new("--log-driver", "", Value, "NAME", "where output is logged: json-file, none", (f, v) => f.LogDriver = v),
        new("--log-opt", "", Value, "KEY=VALUE", "option of the log: max-size=SIZE, max-file=N", (f, v) => f.LogOptions.Add(v)),
        new("--mac-address", "", Value, "MAC", "MAC address on the first network", (f, v) => f.MacAddress = v),
        new("--memory", "-m --mem", Value, "SIZE", "memory limit, such as 100M", (f, v) => f.Memory = v),
        new("--memory-high", "", Value, "SIZE", "memory above which the container is slowed down, not killed", (f, v) => f.MemoryHigh = v),
        new("--memory-reservation", "", Value, "SIZE", "soft memory limit", (f, v) => f.MemoryReservation = v),
        new("--memory-swap", "", Value, "SIZE", "memory and swap together; -1 for unlimited swap", (f, v) => f.MemorySwap = v),
        new("--memory-swappiness", "", Value, "N", "swappiness, 0 to 100", (f, v) => f.MemorySwappiness = v),
        new("--mount", "", Value, "type=…,src=…,dst=…", "mount a directory of the host or a tmpfs", (f, v) => f.Mounts.Add(v)),
        new("--name", "", Value, "NAME", "name of the container", (f, v) => f.Name = v),
        new("--network", "--net", Value, "SPEC", "attach to a network: bridge, none, host, container:NAME, …", (f, v) => f.Networks.Add(v)),
        new("--network-alias", "", Value, "NAME", "one more name for the containers of the first network; repeatable", (f, v) => f.NetworkAliases.Add(v)),
        new("--ns", "", Value, "TYPE=MODE", "any namespace: private, host, container:NAME or a path", (f, v) => f.Namespaces.Add(v)),
        new("--no-healthcheck", "", Switch, "", "do not check health, whatever the image says", (f, v) => f.NoHealthcheck = v == "true"),
        new("--oom-kill-disable", "", Switch, "", "let processes wait for memory instead of killing one", (f, v) => f.OomKillDisable = v == "true"),
        new("--oom-score-adj", "", Value, "N", "preference of the out-of-memory killer, -1000 to 1000", (f, v) => f.OomScoreAdjust = v),
        new("--pid", "", Value, "MODE", "pid namespace: private, host, container:NAME", (f, v) => f.Pid = v),
        new("--pids-limit", "", Value, "N", "processes and threads (default 2048; -1 for unlimited)", (f, v) => f.PidsLimit = v),
        new("--platform", "", Value, "OS/ARCH", "platform of the image", (f, v) => f.Platform = v),
        new("--privileged", "", Switch, "", "all capabilities and devices, no seccomp, no masks", (f, v) => f.Privileged = v == "true"),
        new("--publish", "-p", Value, "[IP:][HOST:]PORT", "publish a port, or a range", (f, v) => f.Publish.Add(v)),
        new("--publish-all", "-P", Switch, "", "publish every exposed port to a free one", (f, v) => f.PublishAll = v == "true"),
        new("--pull", "", Value, "POLICY", "missing or never", (f, v) => f.Pull = v),
        new("--ramdisk", "", Value, "DST[:OPTIONS]", "a block device in memory: size=8M, fs=ext4|xfs, backend=auto|brd|loop|tmpfs", (f, v) => f.Ramdisks.Add(v)),
        new("--read-only", "", Switch, "", "make the root file system read-only", (f, v) => f.ReadOnly = v == "true"),
        new("--restart", "", Value, "POLICY", "when to start again: no, on-failure[:N], always, unless-stopped", (f, v) => f.Restart = v),
        new("--rm", "", Switch, "", "remove the container when it ends", (f, v) => f.Remove = v == "true"),
        new("--sdnotify", "", Value, "MODE", "who tells systemd that it is ready: conmon (the monitor), container, healthy, ignore", (f, v) => f.SdNotify = v),
        new("--security-opt", "", Value, "OPTION", "no-new-privileges, seccomp=FILE|unconfined, systempaths=unconfined", (f, v) => f.SecurityOptions.Add(v)),
        new("--shm-size", "", Value, "SIZE", "size of /dev/shm (default 64m)", (f, v) => f.ShmSize = v),
        new("--sig-proxy", "", Switch, "", "pass signals on to process 1 (default true)", (f, v) => f.SignalProxy = v == "true"),
        new("--stop-signal", "", Value, "SIGNAL", "signal that stops the container (default SIGTERM)", (f, v) => f.StopSignal = v),
        new("--stop-timeout", "", Value, "SECONDS", "time to stop in before it is killed (default 10)", (f, v) => f.StopTimeout = v),
        new("--storage-opt", "", Value, "size=SIZE", "bound what the container writes beside its volumes", null),
        new("--sysctl", "", Value, "NAME=VALUE", "set a kernel parameter of a namespace", (f, v) => f.Sysctls.Add(v)),
        new("--tmpfs", "", Value, "DST[:OPTIONS]", "mount a tmpfs", (f, v) => f.Tmpfs.Add(v)),
        new("--trace", "", Switch, "", "print the plan again afterwards with what each step took", (f, v) => f.Trace = v == "true"),
        new("--tty", "-t", Switch, "", "give the process a terminal", (f, v) => f.Terminal = v == "true"),
        new("--uidmap", "", Value, "IN:OUT:LEN", "map user ids; none writes no map", (f, v) => f.UidMaps.Add(v)),
        new("--ulimit", "", Value, "NAME=SOFT[:HARD]", "set a resource limit", (f, v) => f.Ulimits.Add(v)),
        new("--user", "-u", Value, "USER[:GROUP]", "user, by name or number", (f, v) => f.User = v),
        new("--userns", "", Value, "MODE", "user namespace: private, host, container:NAME", (f, v) => f.UserNamespace = v),
        new("--uts", "", Value, "MODE", "uts namespace: private, host, container:NAME", (f, v) => f.Uts = v),
        new("--volume", "-v", Value, "[SRC:]DST[:OPTIONS]", "mount a volume, or a directory or file of the host", (f, v) => f.Volumes.Add(v)),
        new("--volumes-from", "", Value, "CONTAINER", "take over a container's mounts; :ro read-only", (f, v) => f.VolumesFrom.Add(v)),
        new("--workdir", "-w", Value, "DIR", "working directory", (f, v) => f.WorkingDirectory = v),
    ];

    /// <inheritdoc/>
    public IEnumerable<string> Names => All.Select(f => f.Name);

    /// <inheritdoc/>
    public Flag? Find(string spelling)
    {
        foreach (var flag in All)
        {
            if (flag.Answers(spelling))
            {
                return flag;
            }
        }

        return null;
    }
}

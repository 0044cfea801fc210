using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;

namespace MiniDock.Plugins.Network.Names;

/// <summary>Writes <c>hosts</c>, <c>resolv.conf</c> and <c>hostname</c> into a container's run directory.</summary>
public sealed class NameFilesHandler : IStepHandler
{
    /// <summary>Kind of the step.</summary>
    public const string StepKind = "etc.files";

    /// <summary>Name of resolv.conf(5) in a run directory.</summary>
    public const string ResolvConfName = "resolv.conf";

    /// <summary>Name of hosts(5) in a run directory.</summary>
    public const string Hosts = "hosts";

    private const string HostHosts = "/etc/hosts";
    private static readonly string[] FileNames = [Hosts, ResolvConfName, "hostname"];

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        var directory = context.Paths.RunDirectory(context.ContainerId);
        if (step.Arguments.Find("target") is { } target && ContainerId.TryParse(target, out var joined))
        {
            Join(context.Paths.RunDirectory(joined), directory);
        }
        else
        {
            var (hosts, resolvConf) = Own(step.Arguments, context);
            Write(directory, Hosts, hosts);
            Write(directory, ResolvConfName, resolvConf);
        }

        Write(directory, "hostname", step.Arguments["hostname"] + "\n");
        return StepValues.Empty;
    }

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
        var directory = context.Paths.RunDirectory(context.ContainerId);
        foreach (var name in FileNames)
        {
            var path = Path.Combine(directory, name);
            var errno = Files.TryUnlinkAt(null, path);
            if (errno is not (Errno.Success or Errno.ENOENT or Errno.ENOTDIR))
            {
                throw new LinuxException("remove", path, errno);
            }
        }
    }

    private static (string Hosts, string ResolvConf) Own(StepValues arguments, IStepContext context)
    {
        var isHost = arguments["network"] == "host";
        var dns = new DnsSpec
        {
            Servers = Split(arguments.Find("servers")),
            Search = Split(arguments.Find("search")),
            Options = Split(arguments.Find("options")),
        };
        var extra = Split(arguments.Find("hosts"));
        var resolvConf = HostResolver.Read(!isHost).For(dns, !isHost).ToString();
        if (isHost)
        {
            return (HostsFile.OfHost(ReadOrEmpty(HostHosts), extra), resolvConf);
        }

        var leases = context.ReceiptsOfKind(NetworkStepKinds.Lease).ToList();
        var addresses = leases.SelectMany(l => new[] { l.Find("address"), l.Find("address6") }).OfType<string>().Select(a => a.Split('/')[0]).ToList();
        var gateway = leases.Select(l => l.Find("host")).OfType<string>().FirstOrDefault();
        return (HostsFile.Text(arguments["hostname"], arguments.Find("domain"), addresses, extra, gateway), resolvConf);
    }

    // Who shares the network of a container resolves names as that one does, also those that come later: the very file is shared.
    private static void Join(string other, string own)
    {
        var link = Path.Combine(own, Hosts);
        Files.TryUnlinkAt(null, link);
        if (Files.TryLinkAt(null, Path.Combine(other, Hosts), null, link) != Errno.Success)
        {
            Write(own, Hosts, ReadOrEmpty(Path.Combine(other, Hosts)));
        }

        Write(own, ResolvConfName, ReadOrEmpty(Path.Combine(other, ResolvConfName)));
    }

    private static void Write(string directory, string name, string text)
    {
        var path = Path.Combine(directory, name);
        using var file = Files.Open(path, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Truncate, 0x1a4);
        RandomAccess.Write(file, System.Text.Encoding.UTF8.GetBytes(text), 0);

        // Whatever the umask is: every user of the container reads them.
        Files.FChmod(file, 0x1a4);
    }

    private static string[] Split(string? joined) => joined?.Split(' ') ?? [];

    private static string ReadOrEmpty(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}

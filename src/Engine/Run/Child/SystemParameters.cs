using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;

namespace MiniDock.Engine.Run.Child;

/// <summary>Plans host name and kernel parameters.</summary>
internal static class SystemParameters
{
    private const string PingGroups = "net.ipv4.ping_group_range";

    public static IEnumerable<PlanStep> Plan(ContainerSpec spec)
    {
        if (ChildNamespaces.ModeOf(spec, NamespaceType.Uts) == NamespaceMode.Private)
        {
            var name = spec.Hostname ?? spec.Id.Short;
            yield return Step(EngineStepKinds.HostName, EngineStepKinds.HostName, "its own name", "sethostname(2)", $"hostname {name}", ("name", name));
            if (spec.DomainName is { } domain)
            {
                yield return Step(EngineStepKinds.DomainName, EngineStepKinds.DomainName, "--domainname", "setdomainname(2)", $"domainname {domain}", ("name", domain));
            }
        }

        // Ping without CAP_NET_RAW; group ids of a user namespace may not reach that far.
        if (ChildNamespaces.ModeOf(spec, NamespaceType.Network) == NamespaceMode.Private
            && ChildNamespaces.ModeOf(spec, NamespaceType.User) == NamespaceMode.Host
            && !spec.Sysctls.ContainsKey(PingGroups))
        {
            yield return Sysctl(PingGroups, "0 2147483647", "ping without capabilities");
        }

        foreach (var (name, value) in spec.Sysctls)
        {
            yield return Sysctl(name, value, "--sysctl");
        }
    }

    private static PlanStep Sysctl(string name, string value, string why) =>
        Step($"{EngineStepKinds.Sysctl}.{name}", EngineStepKinds.Sysctl, why, "sysctl(8)", $"sysctl -w '{name}={value}'", ("name", name), ("value", value));

    private static PlanStep Step(string id, string kind, string why, string manPage, string shell, params ReadOnlySpan<(string, string?)> arguments) => new()
    {
        Id = id,
        Phase = PlanPhase.Child,
        Kind = kind,
        Arguments = StepValues.Of(arguments),
        Why = why,
        ManPage = manPage,
        Shell = shell,
    };
}

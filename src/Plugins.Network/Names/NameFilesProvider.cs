using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Plugins.Network.Names;

/// <summary>Plans the files by which a container resolves names.</summary>
public sealed class NameFilesProvider : INameFilesProvider
{
    /// <inheritdoc/>
    public string Name => "names";

    /// <inheritdoc/>
    public IEnumerable<IStepHandler> Handlers => [new NameFilesHandler()];

    /// <inheritdoc/>
    public IEnumerable<Problem> Validate(ContainerSpec spec) => NameProblems.Of(spec);

    /// <inheritdoc/>
    public IEnumerable<PlanStep> Plan(ContainerSpec spec, EnginePaths paths)
    {
        var network = spec.NamespaceOf(NamespaceType.Network);
        var directory = paths.RunDirectory(spec.Id);
        yield return new PlanStep
        {
            Id = "etc",
            Phase = PlanPhase.HostBefore,
            Kind = NameFilesHandler.StepKind,
            Arguments = StepValues.Of(
                ("network", network.Mode == NamespaceMode.Host ? "host" : "own"),
                ("target", network.Target),
                ("hostname", NetworkMode.HostNameOf(spec, Environment.MachineName)),
                ("domain", spec.DomainName),
                ("servers", Joined(spec.Dns.Servers)),
                ("search", Joined(spec.Dns.Search)),
                ("options", Joined(spec.Dns.Options)),
                ("hosts", Joined(spec.Dns.ExtraHosts))),
            Why = "the container finds itself, its name servers and added hosts by name",
            ManPage = "hosts(5), resolv.conf(5)",
            Shell = $"$EDITOR {directory}/{{hosts,resolv.conf,hostname}}",
        };
    }

    // Validation lets no white space through, so that one separates.
    private static string? Joined(IReadOnlyList<string> values) => values.Count == 0 ? null : string.Join(' ', values);
}

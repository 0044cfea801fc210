using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Containers.Creation;

namespace MiniDock.Engine.Containers.Exec;

/// <summary>Reads the flags of <c>exec</c>: what is not given is as for the container's first process.</summary>
public sealed class ExecReader(ICreationSources sources)
{
    /// <summary>The container, with the process that is wanted in place of its first one.</summary>
    /// <param name="container">The container.</param>
    /// <param name="flags">What was typed; only the flags that <c>exec</c> has are looked at.</param>
    /// <exception cref="EngineException">Flags are wrong; it names all of them.</exception>
    public ContainerSpec Read(ContainerSpec container, RunFlags flags)
    {
        var findings = new Findings();
        if (flags.User is { } user && UserText.Complaint(user) is { } complaint)
        {
            findings.Invalid("--user", user, complaint);
        }

        if (flags.WorkingDirectory is { } directory && WorkingDirectoryText.Complaint(directory) is { } wrong)
        {
            findings.Invalid("--workdir", directory, wrong);
        }

        // The container's own environment takes the place of an image's.
        var before = new ImageDefaults(container.Image) { Environment = container.Process.Environment };
        var environment = new EnvironmentReader(sources, findings).Read(flags, before, container.Hostname ?? container.Id.Short);
        if (findings.Problems.Count > 0)
        {
            throw EngineException.Of(findings.Problems);
        }

        return container with
        {
            Process = container.Process with
            {
                Arguments = flags.Command,
                EntrypointCount = 0,
                Environment = environment,
                WorkingDirectory = ContainerPath.Normalize(flags.WorkingDirectory ?? container.Process.WorkingDirectory),
                User = flags.User ?? container.Process.User,
                Terminal = flags.Terminal,
                Init = false,
            },
            Security = container.Security with { Privileged = container.Security.Privileged || flags.Privileged },
        };
    }
}

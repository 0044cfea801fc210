using System.CommandLine;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Embedding;
using MiniDock.Engine.Containers;
using MiniDock.Engine.Containers.Creation;
using MiniDock.Engine.Plugins.Cgroups;
using MiniDock.Engine.Run;

namespace MiniDock.Cli.Commands.Containers;

/// <summary>Makes a container of flags and hands it to what runs or keeps it: <c>run</c> and <c>create</c>.</summary>
internal static class NewContainer
{
    private const int MostNameAttempts = 20;

    /// <summary>A command of these flags, for help and completion.</summary>
    public static VerbCommand Command(string verb, string summary, params string[] examples)
    {
        var command = new VerbCommand(verb, summary)
        {
            Usage = "[OPTIONS] IMAGE [COMMAND] [ARG...]",
            StopsAtPositional = true,
            Examples = examples,
            Completes = (c, index) => index == 0 ? Completion.Images(c) : [],
            CompletesFlag = Completion.OfRunFlag,
            Arguments = { new Argument<string[]>("IMAGE") { Arity = ArgumentArity.OneOrMore } },
        };
        foreach (var flag in RunFlagTable.All)
        {
            command.Options.Add(flag.ToOption());
        }

        return command;
    }

    /// <summary>Builds the container and acts on it, again with another name where a made-up one was taken.</summary>
    public static int Make(CliContext context, RunFlags flags, PlanTrace? trace, Func<ContainerSpec, RunOptions, int> act)
    {
        var engine = context.Engine;
        engine.Sweep();
        for (var attempt = 0; ; attempt++)
        {
            var isCreated = false;
            try
            {
                return Make(context, flags, trace, attempt, () => isCreated = true, act);
            }
            catch (EngineException e) when (flags.Name is null && !isCreated && attempt < MostNameAttempts && e.Message.Contains(": EEXIST (in use by", StringComparison.Ordinal))
            {
                // Somebody took the same made-up name in the same moment.
            }
        }
    }

    private static int Make(CliContext context, RunFlags flags, PlanTrace? trace, int attempt, Action created, Func<ContainerSpec, RunOptions, int> act)
    {
        var engine = context.Engine;
        var images = engine.Images;
        engine.Plugins.Explains = flags.Explain is not null;
        var hold = Directory.Exists(engine.Paths.Images) ? images.HoldImages() : null;
        try
        {
            var spec = Spec(context, engine, flags, images.Resolve(flags.Image).ToDefaults(flags.Image), attempt);
            return act(spec, new RunOptions
            {
                Explain = flags.Explain is null || attempt > 0 ? null : plan => PlanOutput.Write(flags.DryRun ? context.Out : context.Error, plan, flags.Explain, null),
                DryRun = flags.DryRun,
                Trace = trace,
                Created = () =>
                {
                    created();
                    hold?.Dispose();
                    hold = null;
                    RunRequest.WriteCidFile(flags, spec.Id);
                },
                Warn = warning => context.Error.WriteLine($"minidock: warning: {warning}"),
            });
        }
        finally
        {
            hold?.Dispose();
        }
    }

    // All commands find the container's group by its specification alone.
    private static ContainerSpec WithCgroupParent(EngineParts engine, ContainerSpec spec) =>
        engine.Providers.Cgroup(spec.CgroupDriver, engine.Host) is PluginCgroupProvider plugin
            ? spec with { CgroupParent = plugin.ParentOf(new CgroupRequest(spec, engine.Host, engine.Paths)) }
            : spec;

    private static ContainerSpec Spec(CliContext context, EngineParts engine, RunFlags flags, ImageDefaults image, int attempt)
    {
        flags.FallbackName = RandomName.Next(attempt);
        var built = new SpecBuilder(new CreationSources(engine.Store, engine.Images)).Build(ContainerId.New(), DateTimeOffset.UtcNow, flags, image, engine.Host);
        foreach (var warning in built.Warnings)
        {
            context.Error.WriteLine($"minidock: warning: {warning}");
        }

        var spec = built.Spec ?? throw EngineException.Of(built.Problems);
        spec = spec.Hooks is { Plugins.Count: > 0 } ? engine.Plugins.Hooks.Adjust(spec, engine.Paths) : spec;
        return flags.CgroupDriver is null || spec.CgroupParent is not null ? spec : WithCgroupParent(engine, spec);
    }
}

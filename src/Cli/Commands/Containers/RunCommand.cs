using System.CommandLine;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Cli.Input;
using MiniDock.Engine.Containers;
using MiniDock.Engine.Containers.Creation;
using MiniDock.Engine.Containers.Session;
using MiniDock.Engine.Run;

namespace MiniDock.Cli.Commands.Containers;

/// <summary><c>minidock run</c>. It reads its own flags and takes the parts of the engine that it needs: the start path.</summary>
internal static class RunCommand
{
    private const int MostNameAttempts = 20;

    /// <summary>Makes the command for help and completion; runs go through <see cref="Invoke"/>.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var command = new VerbCommand("run", "Run a command in a new container")
        {
            Usage = "[OPTIONS] IMAGE [COMMAND] [ARG...]",
            StopsAtPositional = true,
            Examples =
            [
                "minidock run --rm busybox echo hello",
                "minidock run -it --mem 100M --net bridge busybox sh",
                "minidock run -p 8080:80 -v ./site:/www:ro busybox httpd -f -h /www",
                "minidock run --explain --dry-run busybox true",
            ],
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

    /// <summary>Runs a container from raw arguments.</summary>
    public static int Invoke(CliContext context, string[] arguments)
    {
        var flags = RunFlagReader.Read(context, "run", arguments);
        if (flags is null)
        {
            return Output.HelpPrinter.Command(context.Out, Create(context));
        }

        var options = RunRequest.Check(context, flags);
        var engine = context.Engine;
        engine.Sweep();
        for (var attempt = 0; ; attempt++)
        {
            var isCreated = false;
            try
            {
                return Run(context, engine, flags, options, attempt, () => isCreated = true);
            }
            catch (EngineException e) when (flags.Name is null && !isCreated && attempt < MostNameAttempts && e.Message.Contains(": EEXIST (in use by", StringComparison.Ordinal))
            {
                // Somebody took the same made-up name in the same moment.
            }
        }
    }

    private static int Run(CliContext context, EngineParts engine, RunFlags flags, SessionOptions session, int attempt, Action created)
    {
        var images = engine.Images;
        var hold = Directory.Exists(engine.Paths.Images) ? images.HoldImages() : null;
        try
        {
            var spec = Spec(context, engine, flags, images.Resolve(flags.Image).ToDefaults(flags.Image), attempt);
            var trace = flags.Trace ? new PlanTrace() : null;
            var result = engine.Run.Run(
                spec,
                s => s.Process.Terminal ? new TerminalSession(session) : new StreamSession(session),
                new RunOptions
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
            if (trace is not null)
            {
                PlanOutput.Write(context.Error, result.Plan, flags.Explain ?? "text", trace);
            }

            if (result.OomKilled)
            {
                context.Error.WriteLine($"minidock: container {spec.Name}: ENOMEM (a process was killed at the memory limit)\nhint: give it more with --mem");
            }

            return result.ExitCode;
        }
        finally
        {
            hold?.Dispose();
        }
    }

    private static ContainerSpec Spec(CliContext context, EngineParts engine, RunFlags flags, ImageDefaults image, int attempt)
    {
        flags.FallbackName = RandomName.Next(attempt);
        var built = new SpecBuilder(new CreationSources(engine.Store)).Build(ContainerId.New(), DateTimeOffset.UtcNow, flags, image, engine.Host);
        foreach (var warning in built.Warnings)
        {
            context.Error.WriteLine($"minidock: warning: {warning}");
        }

        return built.Spec ?? throw EngineException.Of(built.Problems);
    }
}

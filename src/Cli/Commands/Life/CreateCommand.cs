using MiniDock.Cli.Commands.Containers;

namespace MiniDock.Cli.Commands.Life;

/// <summary><c>minidock create</c>: the flags of <c>run</c>.</summary>
internal static class CreateCommand
{
    /// <summary>Makes the command for help and completion; it is run by <see cref="Invoke"/>.</summary>
    public static VerbCommand Create(CliContext context) => NewContainer.Command(
        "create",
        "Make a container without starting it",
        "minidock create --name web -p 8080:80 busybox httpd -f",
        "minidock start $(minidock create busybox sleep 60)");

    /// <summary>Makes a container from raw arguments.</summary>
    public static int Invoke(CliContext context, string[] arguments)
    {
        var flags = RunFlagReader.Read(context, "create", arguments);
        if (flags is null)
        {
            return Output.HelpPrinter.Command(context.Out, Create(context));
        }

        // A container that is made is started by `start`, which detaches.
        flags.Detach = true;
        RunRequest.Check(context, flags);
        return NewContainer.Make(context, flags, trace: null, (spec, options) =>
        {
            context.Engine.Start.Create(spec, options with
            {
                Created = () =>
                {
                    options.Created?.Invoke();
                    context.Engine.VolumeCreation.CreateFor(spec);
                },
            });
            if (!options.DryRun)
            {
                context.Out.WriteLine(spec.Id.Value);
            }

            return 0;
        });
    }
}

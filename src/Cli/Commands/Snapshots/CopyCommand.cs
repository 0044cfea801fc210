using System.CommandLine;
using MiniDock.Abstractions;
using MiniDock.Cli.Commands.Images;
using MiniDock.Cli.Output;
using MiniDock.Engine.Containers.Copying;
using MiniDock.Engine.Containers.Store;
using MiniDock.Linux;

namespace MiniDock.Cli.Commands.Snapshots;

/// <summary><c>minidock cp</c>.</summary>
internal static class CopyCommand
{
    private const int ExitCode = 1;

    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var archive = new Option<bool>("--archive", "-a") { Description = "keep owners on the host; in a container, give all to its user" };
        var follow = new Option<bool>("--follow-link", "-L") { Description = "copy what a link at the end of SRC leads to" };
        var quiet = new Option<bool?>("--quiet", "-q") { Description = "say nothing when it is done (default where standard output is no terminal)", Arity = ArgumentArity.ZeroOrOne };
        var source = new Argument<string>("SRC");
        var destination = new Argument<string>("DST");
        var command = new VerbCommand("cp", "Copy files between a container and the host")
        {
            Usage = "[OPTIONS] CONTAINER:SRC DST|-  |  SRC|- CONTAINER:DST",
            Examples = ["minidock cp zion:/etc/hosts .", "minidock cp www/. web:/www", "minidock cp zion:/var/log - | tar -x", "tar -c conf | minidock cp - zion:/etc"],
            Details = "The container may run or not. A directory is copied into DST where that is one, and to DST where nothing is there;\nSRC/. means what is in it. - is a tar on standard input or output.",
            Completes = (c, index) => index < 2 ? Completion.Containers(c).Select(name => name + ":") : [],
            Options = { archive, follow, quiet },
            Arguments = { source, destination },
        };
        command.SetAction(parsed =>
        {
            var options = new CopyOptions(parsed.GetValue(follow), parsed.GetValue(archive));
            var isQuiet = parsed.GetResult(quiet) is null ? !Terminals.IsATty(Files.Borrow(1)) : parsed.GetValue(quiet) ?? true;
            Run(context, CopyArgument.Parse(Present(parsed.GetValue(source)!, "source")), CopyArgument.Parse(Present(parsed.GetValue(destination)!, "destination")), options, isQuiet);
            return 0;
        });
        return command;
    }

    private static string Present(string text, string what) => text.Length > 0 ? text : throw new EngineException($"cp: EINVAL ({what} can not be empty)", exitCode: ExitCode);

    private static void Run(CliContext context, CopyArgument source, CopyArgument destination, CopyOptions options, bool isQuiet)
    {
        switch (source.Container, destination.Container)
        {
            case ({ } name, null) when destination.Path == "-":
                var from = Find(context, name);
                using (var output = new BufferedStream(new DescriptorOutput(Files.Duplicate(Files.Borrow(1)), "standard output"), 256 * 1024))
                {
                    context.Engine.Copy.FromContainer(from, source.Path, output, options);
                }

                break;
            case ({ } name, null):
                Tell(context, isQuiet, context.Engine.Copy.FromContainer(Find(context, name), source.Path, destination.Path, options), "");
                break;
            case (null, { } name) when source.Path == "-":
                using (var input = new FileStream(Files.Duplicate(Files.Borrow(0)), FileAccess.Read, bufferSize: 0))
                {
                    context.Engine.Copy.ToContainer(input, Find(context, name), destination.Path, options);
                }

                break;
            case (null, { } name):
                Tell(context, isQuiet, context.Engine.Copy.ToContainer(source.Path, Find(context, name), destination.Path, options), name + ":");
                break;
            case (null, null):
                throw new EngineException("cp: EINVAL (must specify at least one container source)", "a path in a container is written CONTAINER:PATH", ExitCode);
            default:
                throw new EngineException("cp: ENOTSUP (copying between containers is not supported)", "minidock cp A:PATH - | minidock cp - B:DIRECTORY", ExitCode);
        }
    }

    private static Container Find(CliContext context, string name) => context.Engine.Store.Find(name);

    private static void Tell(CliContext context, bool isQuiet, (long Bytes, string Destination) copied, string prefix)
    {
        if (!isQuiet)
        {
            context.Error.WriteLine($"Successfully copied {DecimalSize.Of(copied.Bytes)} to {prefix}{copied.Destination}");
        }
    }
}

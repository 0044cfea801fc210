using System.CommandLine;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Containers.Creation;
using MiniDock.Plugins.Storage.Volumes;

namespace MiniDock.Cli.Commands.Volumes;

/// <summary><c>minidock volume create</c>.</summary>
internal static class CreateCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var driver = new Option<string?>("--driver", "-d") { HelpName = "PROVIDER", Description = "who provides it (default local)" };
        var options = new Option<string[]>("--opt", "-o") { HelpName = "KEY=VALUE", Description = "option of the provider: type, o and device, as of mount(8)" };
        var size = new Option<string?>("--size") { HelpName = "SIZE", Description = "give it a file system of its own that holds no more" };
        var fileSystem = new Option<string?>("--fs") { HelpName = "TYPE", Description = "type of that file system: ext4 or xfs (default ext4)" };
        var labels = new Option<string[]>("--label") { HelpName = "KEY=VALUE", Description = "add a label" };
        var name = new Argument<string?>("NAME") { Arity = ArgumentArity.ZeroOrOne };
        var command = new VerbCommand("volume create", "Make a volume")
        {
            Usage = "[OPTIONS] [NAME]",
            Details = "What it holds outlives containers. It need not be made beforehand: run -v NAME:/path makes it.",
            Examples =
            [
                "minidock volume create data",
                "minidock volume create --size 1G --fs ext4 data",
                "minidock volume create -o type=tmpfs -o device=tmpfs -o o=size=100m cache",
                "minidock run -v data:/data busybox ls /data",
            ],
            Completes = (_, _) => [],
            CompletesFlag = (_, flag) => flag switch
            {
                "-d" or "--driver" => [VolumeDefinition.LocalDriver],
                "--fs" => ["ext4", "xfs"],
                "-o" or "--opt" => ["type=", "o=", "device="],
                _ => [],
            },
            Options = { driver, options, size, fileSystem, labels },
            Arguments = { name },
        };
        command.SetAction(parsed =>
        {
            var given = parsed.GetValue(name);
            var made = context.Engine.VolumeCreation.Create(new NewVolume(given ?? VolumeName.NewAnonymous())
            {
                Driver = parsed.GetValue(driver) ?? VolumeDefinition.LocalDriver,
                IsAnonymous = given is null,
                SizeBytes = Size(parsed.GetValue(size)),
                FileSystem = parsed.GetValue(fileSystem),
                Labels = KeyValueOption.Read("--label", parsed.GetValue(labels)),
                Options = KeyValueOption.Read("--opt", parsed.GetValue(options)),
            });
            context.Out.WriteLine(made.Name);
            return 0;
        });
        return command;
    }

    private static long? Size(string? text) =>
        text is null ? null
        : SizeText.TryParse(text, out var bytes) && bytes > 0 ? bytes
        : throw new EngineException($"--size {Output.TerminalText.Escape(text)}: EINVAL (not a size)", SizeText.Rule, exitCode: 1);
}

using System.CommandLine;
using System.Runtime.InteropServices;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Containers.Creation;
using MiniDock.Engine.Images.Import;

namespace MiniDock.Cli.Commands.Images;

/// <summary><c>minidock import</c>.</summary>
internal static class ImportCommand
{
    private const int Interrupted = 130;

    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var source = new Argument<string>("FILE");
        var name = new Argument<string?>("NAME") { Arity = ArgumentArity.ZeroOrOne };
        var changes = new Option<string[]>("--change", "-c") { HelpName = "INSTRUCTION", Description = "change the image's config as a Dockerfile would; repeatable" };
        var message = new Option<string?>("--message", "-m") { HelpName = "TEXT", Description = "comment in the image's history" };
        var platform = new Option<string?>("--platform") { HelpName = "OS/ARCH", Description = "accepted where it is this machine's", Hidden = true };
        var noSync = new Option<bool>("--no-sync") { Description = "leave writing to the kernel, as docker import does: a power cut soon after may damage the image" };
        var maxBytes = new Option<string>("--max-bytes")
        {
            HelpName = "SIZE",
            Description = "most that the archive may unpack to, such as 10g",
            DefaultValueFactory = _ => $"{ImportLimits.Default.MaxBytes >> 30}g",
        };
        var maxEntries = new Option<int>("--max-entries")
        {
            HelpName = "COUNT",
            Description = "most files that it may have",
            DefaultValueFactory = _ => ImportLimits.Default.MaxEntries,
        };
        var maxRatio = new Option<int>("--max-ratio")
        {
            HelpName = "FACTOR",
            Description = $"most bytes for each packed one, once over {ImportLimits.RatioFreeBytes >> 20} MiB",
            DefaultValueFactory = _ => ImportLimits.Default.MaxRatio,
        };
        var command = new VerbCommand("import", "Make an image of an archive of a root file system")
        {
            Usage = "[OPTIONS] FILE|- [NAME[:TAG]]",
            Examples =
            [
                "minidock import busybox.tar",
                "docker export CONTAINER | minidock import - app:v1",
                "minidock import rootfs.tar.xz router --change 'CMD [\"/sbin/init\"]' --change 'ENV TERM=linux'",
            ],
            Details = "The archive is a tar, plain or packed with gzip, xz, zstd or bzip2; its content tells which.\nWithout a name the image is called like the file, without its extensions.",
            Arguments = { source, name },
            Options = { changes, message, platform, noSync, maxBytes, maxEntries, maxRatio },
        };
        command.SetAction(parsed => Run(
            context,
            new ImportRequest(parsed.GetValue(source)!)
            {
                Reference = ImageNameText.Parse(parsed.GetValue(name)),
                Changes = parsed.GetValue(changes) ?? [],
                Message = parsed.GetValue(message),
                Sync = !parsed.GetValue(noSync),
                Limits = new ImportLimits
                {
                    MaxBytes = ParseSize(maxBytes.Name, parsed.GetValue(maxBytes)!),
                    MaxEntries = (int)Positive(maxEntries.Name, parsed.GetValue(maxEntries)),
                    MaxRatio = (int)Positive(maxRatio.Name, parsed.GetValue(maxRatio)),
                },
            }));
        return command;
    }

    private static int Run(CliContext context, ImportRequest request)
    {
        var importer = context.Get<ImageImporter>();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Abort());
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Abort());
        using var bar = ImportProgressBar.Open(context.Error);
        var id = importer.Import(request with { Progress = bar is null ? null : bar.Show });
        context.Out.WriteLine(id);
        return 0;

        void Abort()
        {
            // The importing thread may be waiting for input that never comes.
            importer.Abort();
            Environment.Exit(Interrupted);
        }
    }

    private static long ParseSize(string flag, string text) => SizeText.TryParse(text, out var bytes)
        ? Positive(flag, bytes)
        : throw new EngineException($"{flag} {text}: EINVAL (not a size)", SizeText.Rule, 1);

    private static long Positive(string flag, long value) => value > 0
        ? value
        : throw new EngineException($"{flag} {value}: EINVAL (must be more than 0)", exitCode: 1);
}

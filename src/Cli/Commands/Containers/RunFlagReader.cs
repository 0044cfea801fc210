using MiniDock.Cli.Input;
using MiniDock.Engine.Containers.Creation;

namespace MiniDock.Cli.Commands.Containers;

/// <summary>Reads the arguments of <c>run</c> straight into <see cref="RunFlags"/>.</summary>
internal static class RunFlagReader
{
    /// <summary>The flags; null when help was asked.</summary>
    public static RunFlags? Read(CliContext context, string verb, string[] arguments)
    {
        var reading = new FlagReader(new RunFlagTable(), new GlobalFlags(), stopsAtPositional: true).Read(arguments);
        if (reading.Help)
        {
            return null;
        }

        var flags = new RunFlags();
        foreach (var (flag, value) in reading.Flags)
        {
            if (flag is not RunFlag row)
            {
                context.Options.Take(flag, value);
            }
            else if (row.Take is not null)
            {
                row.Take(flags, value);
            }
            else if (value != "false")
            {
                flags.Unsupported.Add(row.Name);
            }
        }

        context.Options.Validate();
        if (reading.Positionals.Count == 0)
        {
            throw new UsageException($"'minidock {verb}' requires at least 1 argument", $"minidock {verb} [OPTIONS] IMAGE [COMMAND] [ARG...]", exitCode: 1);
        }

        flags.Image = reading.Positionals[0];
        flags.Command = reading.Positionals.GetRange(1, reading.Positionals.Count - 1);
        flags.StorageDriver = context.Options.StorageDriver;
        if (flags.Detach || !flags.Remove)
        {
            flags.CreateCommand = [.. reading.Flags.Where(f => !OfOneCommand(f.Flag.Name)).Select(f => $"{f.Flag.Name}={f.Value}"), .. reading.Positionals];
        }

        return flags;
    }

    // What says how this one command goes on, rather than what the container is.
    private static bool OfOneCommand(string flag) => flag is
        "--detach" or "--rm" or "--cidfile" or "--explain" or "--trace" or "--dry-run" or "--detach-keys" or "--sig-proxy" or "--pull";
}

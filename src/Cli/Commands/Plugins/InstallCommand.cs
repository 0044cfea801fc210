using System.CommandLine;
using MiniDock.Engine.Plugins;

namespace MiniDock.Cli.Commands.Plugins;

/// <summary><c>minidock plugin install</c>.</summary>
internal static class InstallCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var force = new Option<bool>("--force", "-f") { Description = "replace one of the same name" };
        var directory = new Argument<string>("DIRECTORY");
        var command = new VerbCommand("plugin install", "Install a plugin from its directory")
        {
            Usage = "[OPTIONS] DIRECTORY",
            Details = $"The directory is copied to {PluginSearchPath.Local} (as a user: to ~/.local/share/minidock/plugins); nobody else can write the copy. Nothing is executed.",
            Examples = ["minidock plugin install ./quota", "minidock plugin install --force ./quota"],
            Options = { force },
            Arguments = { directory },
        };
        command.SetAction(parsed =>
        {
            context.Out.WriteLine(context.Engine.PluginInstallation.Install(parsed.GetValue(directory)!, parsed.GetValue(force)).Name);
            return 0;
        });
        return command;
    }
}

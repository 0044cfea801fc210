using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;
using MiniDock.Cli.Output;

namespace MiniDock.Cli.Commands.General;

/// <summary><c>minidock version</c>.</summary>
internal static class VersionCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var format = CommonOptions.Format();
        var shortForm = new Option<bool>("--short") { Hidden = true };
        var command = new VerbCommand("version", "Show the version")
        {
            Usage = "[OPTIONS]",
            Examples = ["minidock version", "minidock version --format json"],
            Options = { format, shortForm },
        };
        command.SetAction(parsed =>
        {
            var asJson = context.Options.Json || parsed.GetValue(format) == "json";
            if (parsed.GetValue(shortForm) && !asJson)
            {
                context.Out.WriteLine($"MiniDock version {Number}");
                return 0;
            }

            (string, string)[] facts =
            [
                ("Version", Number), ("Runtime", RuntimeInformation.FrameworkDescription), ("OS", "linux"),
                ("Arch", RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "amd64"),
                ("KernelVersion", Environment.OSVersion.Version.ToString()),
            ];
            FactList.Write(context.Out, "MiniDock", facts, asJson);
            return 0;
        });
        return command;
    }

    /// <summary>The version without the commit.</summary>
    public static string Number
    {
        get
        {
            var text = typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
            var plus = text.IndexOf('+');
            return plus < 0 ? text : text[..plus];
        }
    }
}

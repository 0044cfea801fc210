using System.Globalization;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Creation;

/// <summary>Reads what the first process is and how it starts.</summary>
internal sealed class ProcessReader(Findings findings)
{
    private const string FallbackShell = "/bin/sh";

    /// <summary>The process without its environment.</summary>
    public ProcessSpec Read(RunFlags flags, ImageDefaults image, HostFacts host)
    {
        var (arguments, entrypoints) = Arguments(flags, image);
        return new ProcessSpec
        {
            Arguments = arguments,
            EntrypointCount = entrypoints,
            WorkingDirectory = WorkingDirectory(flags, image),
            User = User(flags, image),
            AdditionalGroups = Groups(flags),
            Terminal = flags.Terminal,
            Init = flags.Init,
            Rlimits = new UlimitReader(findings).Read(flags.Ulimits, host),
            OomScoreAdjust = Whole("--oom-score-adj", flags.OomScoreAdjust, -1000, 1000) ?? 0,
        };
    }

    /// <summary>The signal that <c>stop</c> sends.</summary>
    public string StopSignal(RunFlags flags, ImageDefaults image)
    {
        var text = flags.StopSignal ?? image.StopSignal;
        if (text.Length == 0)
        {
            return "SIGTERM";
        }

        if (SignalNames.TryParse(text, out var signal))
        {
            return SignalNames.Name(signal);
        }

        findings.Invalid(flags.StopSignal is null ? "stop signal of the image" : "--stop-signal", text, "no such signal", "signals are written SIGTERM, TERM or 15");
        return "SIGTERM";
    }

    /// <summary>Seconds before <c>stop</c> kills.</summary>
    public int StopTimeout(RunFlags flags) => Whole("--stop-timeout", flags.StopTimeout, -1, int.MaxValue) ?? 10;

    // An entry point on the command line also puts the image's command aside; "" removes the image's entry point.
    private static (IReadOnlyList<string> Arguments, int Entrypoints) Arguments(RunFlags flags, ImageDefaults image)
    {
        IReadOnlyList<string> entrypoint = flags.Entrypoint is null ? image.Entrypoint : flags.Entrypoint.Length == 0 ? [] : [flags.Entrypoint];
        var command = flags.Command.Count > 0 || flags.Entrypoint is not null ? flags.Command : image.Command;
        return entrypoint.Count + command.Count == 0 ? ([FallbackShell], 0) : ([.. entrypoint, .. command], entrypoint.Count);
    }

    private string WorkingDirectory(RunFlags flags, ImageDefaults image)
    {
        var path = flags.WorkingDirectory ?? (image.WorkingDirectory.Length == 0 ? "/" : image.WorkingDirectory);
        if (WorkingDirectoryText.Complaint(path) is { } complaint)
        {
            findings.Invalid(flags.WorkingDirectory is null ? "working directory of the image" : "--workdir", path, complaint);
        }

        return ContainerPath.Normalize(path);
    }

    private string User(RunFlags flags, ImageDefaults image)
    {
        var user = flags.User ?? image.User;
        if (user.Length > 0 && UserText.Complaint(user) is { } complaint)
        {
            findings.Invalid(flags.User is null ? "user of the image" : "--user", user, complaint);
        }

        return user;
    }

    private List<string> Groups(RunFlags flags)
    {
        foreach (var group in flags.GroupAdd)
        {
            if (UserText.ComplaintOfOne(group, "group") is { } complaint)
            {
                findings.Invalid("--group-add", group, complaint);
            }
        }

        return flags.GroupAdd;
    }

    private int? Whole(string flag, string? text, int least, int most)
    {
        if (text is null)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
        {
            return value;
        }

        findings.Invalid(flag, text, most == int.MaxValue ? $"not a whole number from {least} up" : $"not a whole number from {least} to {most}");
        return null;
    }
}

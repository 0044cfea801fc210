using System.Globalization;
using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Containers.Creation;

/// <summary>Reads <c>--restart</c>, <c>--log-driver</c>, <c>--log-opt</c>, <c>--hook-*</c> and <c>--sdnotify</c>.</summary>
internal sealed class LifeReader(Findings findings)
{
    /// <summary>When the container is started again.</summary>
    public RestartPolicy Restart(RunFlags flags)
    {
        if (flags.Restart is not { Length: > 0 } text)
        {
            return new RestartPolicy(RestartPolicy.No);
        }

        if (RestartPolicy.Parse(text) is not { } policy)
        {
            findings.Invalid("--restart", text, "not a policy", "the policies are no, on-failure[:N], always and unless-stopped");
            return new RestartPolicy(RestartPolicy.No);
        }

        if (policy.Name != RestartPolicy.No && flags.Remove)
        {
            findings.Conflict("--restart", "--rm");
        }

        return policy;
    }

    /// <summary>Where output is kept.</summary>
    public LogSpec Log(RunFlags flags)
    {
        var log = new LogSpec();
        if (flags.LogDriver is { } driver)
        {
            if (driver is not (LogSpec.JsonFile or LogSpec.None))
            {
                findings.Invalid("--log-driver", driver, "unknown", $"the drivers are {LogSpec.JsonFile} and {LogSpec.None}");
            }

            log = log with { Driver = driver };
        }

        foreach (var option in flags.LogOptions)
        {
            log = Option(log, option);
        }

        return log;
    }

    /// <summary>Commands of the host around each run, or null for none.</summary>
    public HookSpec? Hooks(RunFlags flags)
    {
        if (flags.HooksPreStart.Count + flags.HooksPostStop.Count + flags.HookPlugins.Count == 0)
        {
            return null;
        }

        foreach (var (flag, commands) in new[] { ("--hook-pre-start", flags.HooksPreStart), ("--hook-post-stop", flags.HooksPostStop) })
        {
            if (commands.Exists(string.IsNullOrWhiteSpace))
            {
                findings.Invalid(flag, "", "not a command");
            }
        }

        return new HookSpec { PreStart = flags.HooksPreStart, PostStop = flags.HooksPostStop, Plugins = flags.HookPlugins };
    }

    /// <summary>Who tells a service manager that the container is ready; null where that is not said.</summary>
    public SdNotifyMode? SdNotify(RunFlags flags)
    {
        switch (flags.SdNotify)
        {
            case null:
                return null;
            case "conmon":
                return SdNotifyMode.Conmon;
            case "container":
                return SdNotifyMode.Container;
            case "healthy":
                return SdNotifyMode.Healthy;
            case "ignore":
                return SdNotifyMode.Ignore;
            default:
                findings.Invalid("--sdnotify", flags.SdNotify, "unknown", "the modes are conmon, container, healthy and ignore");
                return null;
        }
    }

    private LogSpec Option(LogSpec log, string option)
    {
        const string flag = "--log-opt";
        switch (option.Split('=', 2))
        {
            case ["max-size", var size] when SizeText.TryParse(size, out var bytes) && bytes > 0:
                return log with { MaxSizeBytes = bytes };
            case ["max-file", var count] when int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var files) && files > 0:
                return log with { MaxFiles = files };
            default:
                findings.Invalid(flag, option, "not an option", "the options are max-size=SIZE and max-file=N");
                return log;
        }
    }
}

using System.Globalization;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Run.Security;
using MiniDock.Linux;

namespace MiniDock.Engine.Run.Child;

/// <summary>Plans the end of the child's way: session, limits, credentials, filter, exec.</summary>
internal static class ProcessStart
{
    /// <param name="spec">The container.</param>
    /// <param name="host">The host.</param>
    /// <param name="endsWithEngine">Whether the process dies with the engine that waits for it: a monitor's death is its container's.</param>
    public static IEnumerable<PlanStep> Plan(ContainerSpec spec, HostFacts host, bool endsWithEngine = true)
    {
        var process = spec.Process;
        yield return Step(EngineStepKinds.AwaitHost, "the host's steps are done, and the user is known", "unix(7)", null);
        yield return Step(EngineStepKinds.Keyring, "no keys of the engine's session", "keyctl_join_session_keyring(3)", "keyctl session", ("name", spec.Id.Short));
        yield return Step(EngineStepKinds.Session, process.Terminal ? "a session with its terminal" : "a session of its own", "setsid(2)", "setsid", ("terminal", process.Terminal ? "true" : "false"));
        yield return Step(EngineStepKinds.WorkingDirectory, "made where it is missing", "chdir(2)", $"cd {process.WorkingDirectory}", ("path", process.WorkingDirectory));
        if (process.OomScoreAdjust != 0)
        {
            var score = process.OomScoreAdjust.ToString(CultureInfo.InvariantCulture);
            yield return Step(EngineStepKinds.OomScore, "--oom-score-adj", "proc_pid_oom_score_adj(5)", $"echo {score} > /proc/self/oom_score_adj", ("value", score));
        }

        foreach (var limit in process.Rlimits)
        {
            // Nobody but CAP_SYS_RESOURCE raises a hard limit: a container gets what there is.
            var most = host.HardLimits.GetValueOrDefault(limit.Name, ulong.MaxValue);
            var (soft, hard) = (Text(Math.Min(limit.Soft, most)), Text(Math.Min(limit.Hard, most)));
            yield return Step(EngineStepKinds.Rlimit, "--ulimit", "getrlimit(2)", $"prlimit --{limit.Name}={soft}:{hard}", ("name", limit.Name), ("soft", soft), ("hard", hard)) with
            {
                Id = $"{EngineStepKinds.Rlimit}.{limit.Name}",
            };
        }

        if (spec.Security.NoNewPrivileges)
        {
            yield return Step(EngineStepKinds.NoNewPrivileges, "--security-opt no-new-privileges", "PR_SET_NO_NEW_PRIVS(2const)", "setpriv --no-new-privs");
        }

        // Without no_new_privs a filter needs CAP_SYS_ADMIN to load, so it comes before the capabilities go.
        var credentials = Credentials(spec, host);
        foreach (var step in spec.Security.NoNewPrivileges ? credentials.Concat(Filter(spec, host)) : Filter(spec, host).Concat(credentials))
        {
            yield return step;
        }

        if (endsWithEngine)
        {
            // Behind the change of user, which would reset it.
            yield return Step(EngineStepKinds.EndWithEngine, "nobody would wait for it any more", "PR_SET_PDEATHSIG(2const)", "setpriv --pdeathsig KILL");
        }

        if (process.Init)
        {
            yield return Step(EngineStepKinds.Init, "--init: reaps orphans, passes signals on", "init(1)", "tini --");
        }

        yield return Step(EngineStepKinds.Execute, "the program", "execve(2)", $"exec {string.Join(' ', process.Arguments)}", ("arguments", string.Join(' ', process.Arguments)));
    }

    private static IEnumerable<PlanStep> Credentials(ContainerSpec spec, HostFacts host)
    {
        var set = CapabilitySets.Of(spec.Security, host);
        var names = string.Join(' ', Capabilities.NamesOf(set).Select(n => n[4..]));
        var user = spec.Process.User.Length == 0 ? "root" : spec.Process.User;
        yield return Step(
            EngineStepKinds.Credentials,
            $"user {user}, and only the capabilities it needs",
            "capabilities(7)",
            $"setpriv --reuid … --regid … --groups … --bounding-set -all,{string.Join(',', Capabilities.NamesOf(set).Select(n => "+" + n[4..].ToLowerInvariant()))}",
            ("user", user),
            ("capabilities", set.ToString("x", CultureInfo.InvariantCulture)),
            ("last", host.LastCapability.ToString(CultureInfo.InvariantCulture)),
            ("names", names));
    }

    private static IEnumerable<PlanStep> Filter(ContainerSpec spec, HostFacts host)
    {
        var profile = spec.Security.Seccomp switch
        {
            _ when spec.Security.Privileged => null,
            null => "default",
            "unconfined" => null,
            _ => "custom",
        };
        if (profile is not null)
        {
            yield return Step(EngineStepKinds.Seccomp, "system calls that a container does not need", "seccomp(2)", null, ("profile", profile), ("capabilities", CapabilitySets.Of(spec.Security, host).ToString("x", CultureInfo.InvariantCulture)));
        }
    }

    private static string Text(ulong limit) => limit == ulong.MaxValue ? "unlimited" : limit.ToString(CultureInfo.InvariantCulture);

    private static PlanStep Step(string kind, string why, string manPage, string? shell, params ReadOnlySpan<(string, string?)> arguments) => new()
    {
        Id = kind,
        Phase = PlanPhase.Child,
        Kind = kind,
        Arguments = StepValues.Of(arguments),
        Why = why,
        ManPage = manPage,
        Shell = shell,
    };
}

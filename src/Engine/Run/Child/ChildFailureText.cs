using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Linux;
using MiniDock.Linux.Child;

namespace MiniDock.Engine.Run.Child;

/// <summary>Puts the failure of a child into words: what it did, to what, and what the kernel said.</summary>
internal static class ChildFailureText
{
    public static EngineException Of(ChildFailure failure, IReadOnlyList<PlanStep> steps, ContainerSpec spec)
    {
        var step = failure.Step >= 1 && failure.Step <= steps.Count ? steps[failure.Step - 1] : null;
        var (operation, subject) = step is null ? ("start", "container process") : Describe(step, spec);
        var cause = new LinuxException(operation, subject, failure.Errno, step is null || step.Kind == EngineStepKinds.Execute ? null : $"step {step.Id}");
        return new EngineException(cause.Message, Hint(step, failure.Errno, spec) ?? cause.Hint, ExitCode(step, failure.Errno), cause);
    }

    private static int ExitCode(PlanStep? step, Errno errno) =>
        step?.Kind != EngineStepKinds.Execute ? 125 : errno == Errno.ENOENT ? 127 : 126;

    private static (string Operation, string Subject) Describe(PlanStep step, ContainerSpec spec)
    {
        var a = step.Arguments;
        return step.Kind switch
        {
            ChildStepKinds.Mount => ($"mount {a["type"]} on", a["target"]),
            ChildStepKinds.Bind => ($"bind {a["source"]} on", a["target"]),
            ChildStepKinds.Directory => ("create directory", a["target"]),
            ChildStepKinds.CgroupJoin => ("join cgroup", a["files"].Replace('\n', ' ')),
            EngineStepKinds.JoinNamespace => ("join namespace", a["type"].ToLowerInvariant()),
            EngineStepKinds.OpenRoot => ("open root", a["path"]),
            EngineStepKinds.Remount => ("remount", a["target"]),
            EngineStepKinds.Mask => ("mask", "parts of /proc and /sys"),
            EngineStepKinds.ReadOnlyPaths => ("make read-only", "parts of /proc"),
            EngineStepKinds.Device => ("create device", a["target"]),
            EngineStepKinds.Console => ("create console", a["target"]),
            EngineStepKinds.Sysctl => ("set sysctl", a["name"]),
            EngineStepKinds.HostName => ("set host name", a["name"]),
            EngineStepKinds.DomainName => ("set domain name", a["name"]),
            EngineStepKinds.WorkingDirectory => ("enter directory", a["path"]),
            EngineStepKinds.Rlimit => ("set ulimit", a["name"]),
            EngineStepKinds.Credentials => ("become user", a["user"]),
            EngineStepKinds.Execute => ("exec", spec.Process.Arguments[0]),
            _ => (step.Kind["child.".Length..].Replace('-', ' '), "of the container"),
        };
    }

    private static string? Hint(PlanStep? step, Errno errno, ContainerSpec spec) => (step?.Kind, errno) switch
    {
        (EngineStepKinds.Execute, Errno.ENOENT) when !spec.Process.Arguments[0].Contains('/') => "no such program in the container's PATH",
        (EngineStepKinds.Execute, Errno.ENOENT) => "no such file in the container, or the interpreter that it names is missing",
        (EngineStepKinds.Execute, Errno.EACCES) => "it is a directory, or not marked as executable",
        (EngineStepKinds.Execute, Errno.ENOEXEC) => "it was made for another architecture, or is a script without #! line",
        (EngineStepKinds.Execute or EngineStepKinds.WorkingDirectory, Errno.ELOOP) => "the path leads over a link of /proc, which is refused, or over too many links",
        (EngineStepKinds.Credentials, Errno.EINVAL) => "the user or group is not in the container's id maps (--uidmap, --gidmap)",
        (EngineStepKinds.JoinNamespace, Errno.EPERM) => "a user namespace of its own has no rights over namespaces of others",
        (ChildStepKinds.Mount, Errno.ELOOP) => "the image has a link where the engine must mount",
        _ => null,
    };
}

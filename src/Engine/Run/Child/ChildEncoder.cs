using MiniDock.Abstractions.Plan;
using MiniDock.Linux;

namespace MiniDock.Engine.Run.Child;

/// <summary>Encodes Child steps to the operations of a child program. A step's number is its place in the list plus one.</summary>
internal static class ChildEncoder
{
    /// <param name="steps">All Child steps of the plan: they give the numbers.</param>
    /// <param name="encoding">Where they are encoded.</param>
    /// <param name="mine">Which of them this program does.</param>
    public static void Encode(IReadOnlyList<PlanStep> steps, ChildEncoding encoding, Range mine)
    {
        var (first, count) = mine.GetOffsetAndLength(steps.Count);
        for (var n = first; n < first + count; n++)
        {
            encoding.Program.BeginStep(n + 1);
            Encode(steps[n], encoding);
        }
    }

    private static void Encode(PlanStep step, ChildEncoding encoding)
    {
        var program = encoding.Program;
        var arguments = step.Arguments;
        switch (step.Kind)
        {
            case ChildStepKinds.CgroupJoin:
                IdentityEncoder.JoinCgroups(arguments, encoding);
                break;
            case EngineStepKinds.JoinNamespace:
                IdentityEncoder.JoinNamespace(arguments, encoding);
                break;
            case EngineStepKinds.JoinProcess:
                IdentityEncoder.JoinProcess(arguments, encoding);
                break;
            case EngineStepKinds.EndWithEngine:
                program.EndWithParent();
                break;
            case EngineStepKinds.NewCgroupNamespace:
                program.Unshare(NamespaceTypes.Cgroup);
                break;
            case EngineStepKinds.SeparateMounts:
                program.Mount(null, "/", null, MountFlags.Recursive | MountFlags.Slave, null);
                break;
            case EngineStepKinds.AwaitIdMaps:
                IdentityEncoder.AwaitIdMaps(arguments, program);
                break;
            case EngineStepKinds.OpenRoot:
                MountEncoder.OpenRoot(arguments, encoding);
                break;
            case ChildStepKinds.Mount:
                MountEncoder.Mount(arguments, encoding);
                break;
            case ChildStepKinds.Bind:
                MountEncoder.Bind(arguments, encoding);
                break;
            case ChildStepKinds.AttachKept:
                MountEncoder.AttachKept(arguments, encoding);
                break;
            case ChildStepKinds.Directory:
                MountEncoder.Directory(arguments, encoding);
                break;
            case EngineStepKinds.Remount:
                MountEncoder.Remount(arguments, encoding);
                break;
            case EngineStepKinds.Mask:
                MountEncoder.Mask(arguments, encoding);
                break;
            case EngineStepKinds.ReadOnlyPaths:
                MountEncoder.ReadOnlyPaths(arguments, encoding);
                break;
            case EngineStepKinds.ReadOnlyRoot:
                program.SetMountAttributes(encoding.Root, MountAttributes.ReadOnly, MountAttributes.None, Propagation.Unchanged, recursive: false);
                break;
            case EngineStepKinds.PivotRoot:
                program.PivotRoot(encoding.Root);
                break;
            case EngineStepKinds.Device:
                DeviceEncoder.Device(arguments, encoding);
                break;
            case EngineStepKinds.AllDevices:
                DeviceEncoder.AllDevices(encoding);
                break;
            case EngineStepKinds.Links:
                DeviceEncoder.Links(arguments, encoding);
                break;
            case EngineStepKinds.Console:
                DeviceEncoder.Console(arguments, encoding);
                break;
            case EngineStepKinds.HostName:
                program.SetHostName(arguments["name"]);
                break;
            case EngineStepKinds.DomainName:
                program.SetDomainName(arguments["name"]);
                break;
            case EngineStepKinds.Sysctl:
                ProcessEncoder.WriteProc("sys/" + arguments["name"].Replace('.', '/'), arguments["value"], encoding);
                break;
            case EngineStepKinds.OomScore:
                ProcessEncoder.OomScore(arguments["value"], encoding);
                break;
            case EngineStepKinds.AwaitHost:
                ProcessEncoder.AwaitHost(encoding);
                break;
            case EngineStepKinds.Session:
                ProcessEncoder.Session(encoding);
                break;
            case EngineStepKinds.Keyring:
                program.NewKeyring(arguments["name"]);
                break;
            case EngineStepKinds.WorkingDirectory:
                ProcessEncoder.WorkingDirectory(arguments, encoding);
                break;
            case EngineStepKinds.Rlimit:
                IdentityEncoder.Limit(arguments, program);
                break;
            case EngineStepKinds.NoNewPrivileges:
                program.ForbidNewPrivileges();
                break;
            case EngineStepKinds.Seccomp:
                IdentityEncoder.Seccomp(arguments, encoding);
                break;
            case EngineStepKinds.Credentials:
                IdentityEncoder.Credentials(arguments, encoding);
                break;
            case EngineStepKinds.Init:
                program.BecomeInit(encoding.Streams.IsTerminal);
                break;
            case EngineStepKinds.Execute:
                ProcessEncoder.Execute(encoding);
                break;
            default:
                throw new InvalidOperationException($"nothing encodes the child step {step.Kind}");
        }
    }
}

using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Host;
using MiniDock.Engine.Run.Child;
using MiniDock.Linux.Child;

namespace MiniDock.Tests.Integration.Child;

/// <summary>Runs the planned child of a container on a directory, without the rest of the engine.</summary>
internal static class ContainerRunOfChild
{
    private static readonly HostFacts Host = HostProbe.Probe();

    public static ContainerSpec Spec(params string[] command) => new()
    {
        Id = ContainerId.New(),
        Name = "test",
        Created = DateTimeOffset.UnixEpoch,
        Image = new ImageSelection("busybox", default, []),
        Process = new ProcessSpec { Arguments = command, Environment = ["PATH=/bin:/sbin:/usr/bin:/usr/sbin"] },
        Hostname = "inside",
    };

    public static ContainerSpec Shell(string script) => Spec("sh", "-c", script);

    public static ChildRun Run(ChildRoot root, ContainerSpec spec, params PlanStep[] mounts)
    {
        var paths = new EnginePaths(root.Top, root.Top);
        Directory.CreateDirectory(paths.RunDirectory(spec.Id));
        Directory.CreateDirectory(paths.RootFileSystem(spec.Id));
        foreach (var name in new[] { "hosts", "resolv.conf", "hostname" })
        {
            File.WriteAllText(Path.Combine(paths.RunDirectory(spec.Id), name), "written by the engine\n");
        }

        PlanStep bound = new()
        {
            Id = "root",
            Phase = PlanPhase.Child,
            Kind = ChildStepKinds.Bind,
            Why = "root",
            Arguments = StepValues.Of(("source", root.Root), ("target", paths.RootFileSystem(spec.Id)), ("in", "host")),
        };
        var steps = ContainerChildPlan.Steps(spec, Host, paths, [bound], mounts, []);
        using var input = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite);
        ChildEncoding? encoding = null;
        try
        {
            return ChildRun.Of(
                builder =>
                {
                    encoding = new ChildEncoding(spec, new ChildStreams(null!, null!, null!, false, new Dictionary<NamespaceType, Microsoft.Win32.SafeHandles.SafeFileHandle>()), builder);
                    builder.SetFileModeMask(0);
                    ChildEncoder.Encode([.. steps.Where(s => s.Kind != EngineStepKinds.Session)], encoding, ..);
                },
                new CloneOptions { Namespaces = ChildNamespaces.AtClone(spec) },
                child =>
                {
                    using var newRoot = child.ReceiveDescriptor(out var failure);
                    if (newRoot is null)
                    {
                        var text = failure is null ? "died" : ChildFailureText.Of(failure, steps, spec).Message;
                        throw new InvalidOperationException(text);
                    }

                    child.Proceed(UserLookup.Resolve(newRoot, spec.Process).Encode());
                });
        }
        finally
        {
            encoding?.Dispose();
        }
    }
}

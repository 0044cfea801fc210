using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Engine.Run.Child;

/// <summary>Binds the files that the name files provider has written over those of the image.</summary>
internal static class NameFiles
{
    public static IEnumerable<PlanStep> Plan(ContainerSpec spec, EnginePaths paths)
    {
        foreach (var name in new[] { "hosts", "resolv.conf", "hostname" })
        {
            var target = $"/etc/{name}";
            if (spec.Mounts.Any(m => m.Target == target))
            {
                continue;
            }

            var source = Path.Combine(paths.RunDirectory(spec.Id), name);
            yield return new PlanStep
            {
                Id = $"child.bind.etc.{name}",
                Phase = PlanPhase.Child,
                Kind = ChildStepKinds.Bind,
                Arguments = StepValues.Of(("source", source), ("target", target), ("in", "root"), ("create", "file"), ("links", "replace"), ("flags", "ro,nosuid,nodev,noexec")),
                Why = "names and addresses of this run",
                ManPage = name == "hostname" ? "hostname(5)" : $"{name}(5)",
                Shell = $"mount --bind -o ro {source} $ROOT{target}",
            };
        }
    }
}

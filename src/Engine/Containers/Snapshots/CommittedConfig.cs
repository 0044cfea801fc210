using MiniDock.Abstractions.Model;
using MiniDock.Engine.Images;
using MiniDock.Engine.Images.Import;

namespace MiniDock.Engine.Containers.Snapshots;

/// <summary>The config of an image that is made of a container: what the container was started with becomes what the image says.</summary>
internal static class CommittedConfig
{
    /// <summary>Makes it.</summary>
    /// <param name="spec">The container.</param>
    /// <param name="parent">Its image's config; null where that image is gone.</param>
    /// <param name="layer">The new layer.</param>
    /// <param name="request">What was asked for.</param>
    /// <exception cref="Abstractions.EngineException">A change is not well formed.</exception>
    public static ImageConfig Of(ContainerSpec spec, ImageConfig? parent, Digest layer, CommitRequest request)
    {
        var now = DateTimeOffset.UtcNow;
        return new ImageConfig
        {
            Created = now,
            Author = request.Author,
            RunConfig = RunConfig(spec, parent, request),
            DiffIds = [.. spec.Image.DiffIds, layer],
            History =
            [
                .. parent?.History ?? [.. spec.Image.DiffIds.Select(_ => new ImageHistory { Comment = $"layer of {spec.Image.Reference}" })],
                new ImageHistory { Created = now, CreatedBy = string.Join(' ', Command(spec)), Author = request.Author, Comment = request.Message },
            ],
        };
    }

    /// <summary>What the image says about its containers.</summary>
    public static ImageRunConfig RunConfig(ContainerSpec spec, ImageConfig? parent, CommitRequest request)
    {
        var entrypoint = spec.Process.Arguments.Take(spec.Process.EntrypointCount).ToList();
        var command = Command(spec);
        var config = new ImageRunConfig
        {
            User = spec.Process.User,
            ExposedPorts = spec.ExposedPorts,
            Environment = [.. spec.Process.Environment.Where(one => !IsOfThisContainer(one, spec))],
            Entrypoint = entrypoint.Count == 0 ? null : entrypoint,
            Command = command.Count == 0 ? null : command,
            Volumes = parent?.RunConfig.Volumes ?? [],
            WorkingDirectory = spec.Process.WorkingDirectory == "/" ? "" : spec.Process.WorkingDirectory,
            Labels = spec.Labels,
            StopSignal = spec.StopSignal == "SIGTERM" ? null : spec.StopSignal,
            Healthcheck = spec.Healthcheck,
        };
        return ConfigChanges.Apply(config, request.Changes);
    }

    private static List<string> Command(ContainerSpec spec) => [.. spec.Process.Arguments.Skip(spec.Process.EntrypointCount)];

    private static bool IsOfThisContainer(string variable, ContainerSpec spec) =>
        variable == $"HOSTNAME={spec.Hostname ?? spec.Id.Short}" || (variable == "TERM=xterm" && spec.Process.Terminal);
}

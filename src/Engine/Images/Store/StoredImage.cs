using MiniDock.Abstractions.Model;
using MiniDock.Engine.Containers.Creation;

namespace MiniDock.Engine.Images.Store;

/// <summary>An image in the store.</summary>
/// <param name="Id">Digest of its config.</param>
/// <param name="Config">Its config.</param>
public sealed record StoredImage(Digest Id, ImageConfig Config)
{
    /// <summary>What a new container takes from the image.</summary>
    /// <param name="reference">What the user called it.</param>
    public ImageDefaults ToDefaults(string reference) => new(new ImageSelection(reference, Id, Config.DiffIds))
    {
        Entrypoint = Config.RunConfig.Entrypoint ?? [],
        Command = Config.RunConfig.Command ?? [],
        Environment = Config.RunConfig.Environment,
        WorkingDirectory = Config.RunConfig.WorkingDirectory,
        User = Config.RunConfig.User,
        ExposedPorts = Config.RunConfig.ExposedPorts,
        Volumes = Config.RunConfig.Volumes,
        Labels = Config.RunConfig.Labels,
        StopSignal = Config.RunConfig.StopSignal ?? "",
        Healthcheck = Config.RunConfig.Healthcheck,
    };
}

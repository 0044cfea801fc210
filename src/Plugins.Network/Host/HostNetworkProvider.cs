using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Plugins.Network.Host;

/// <summary><c>--net host</c>: the container uses the host's network namespace. Published ports mean nothing there, as in docker.</summary>
public sealed class HostNetworkProvider : INetworkProvider
{
    /// <inheritdoc/>
    public string Name => "host";

    /// <inheritdoc/>
    public IEnumerable<IStepHandler> Handlers => [];

    /// <inheritdoc/>
    public IEnumerable<Problem> Validate(NetworkRequest request) =>
        [.. AttachmentOptions.HasInstance(request), .. AttachmentOptions.Unknown(request), .. AttachmentOptions.NotAlone(request)];

    /// <inheritdoc/>
    public NamespaceSpec Namespace(NetworkRequest request) => new(NamespaceType.Network, NamespaceMode.Host);

    /// <inheritdoc/>
    public IEnumerable<PlanStep> Plan(NetworkRequest request) => [];
}

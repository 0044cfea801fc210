using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Plugins.Network.Names;

namespace MiniDock.Plugins.Network.None;

/// <summary><c>--net none</c>: a network namespace with nothing but its loopback.</summary>
public sealed class NoneNetworkProvider : INetworkProvider
{
    /// <inheritdoc/>
    public string Name => "none";

    /// <inheritdoc/>
    public IEnumerable<IStepHandler> Handlers => [new LoopbackHandler()];

    /// <inheritdoc/>
    public IEnumerable<Problem> Validate(NetworkRequest request) =>
        [.. AttachmentOptions.HasInstance(request), .. AttachmentOptions.Unknown(request), .. AttachmentOptions.NotAlone(request)];

    /// <inheritdoc/>
    public NamespaceSpec? Namespace(NetworkRequest request) => null;

    /// <inheritdoc/>
    public IEnumerable<PlanStep> Plan(NetworkRequest request)
    {
        // A namespace that is joined has its loopback as its owner left it.
        if (request.Spec.NamespaceOf(NamespaceType.Network).Mode != NamespaceMode.Private)
        {
            return [];
        }

        return [LoopbackHandler.Plan(request)];
    }
}

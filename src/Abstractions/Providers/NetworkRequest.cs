using MiniDock.Abstractions.Model;

namespace MiniDock.Abstractions.Providers;

/// <summary>One attachment to be planned.</summary>
/// <param name="Attachment">What was asked.</param>
/// <param name="Index">Its place, from 0; step ids start with <c>net.{Index}.</c>.</param>
/// <param name="Spec">The container.</param>
/// <param name="Host">The host.</param>
/// <param name="Paths">The engine's directories.</param>
public sealed record NetworkRequest(AttachmentSpec Attachment, int Index, ContainerSpec Spec, HostFacts Host, EnginePaths Paths)
{
    /// <summary>Name of the interface inside.</summary>
    public string InterfaceName => Attachment.Options.TryGetValue("name", out var name) ? name : $"eth{Index}";

    /// <summary>Whether it carries the default route: the first, unless an attachment says <c>default=true</c>.</summary>
    public bool IsDefaultRoute
    {
        get
        {
            for (var i = 0; i < Spec.Networks.Count; i++)
            {
                if (Spec.Networks[i].Options.TryGetValue("default", out var value) && value == "true")
                {
                    return i == Index;
                }
            }

            return Index == 0;
        }
    }
}

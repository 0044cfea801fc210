using MiniDock.Abstractions.Providers;

namespace MiniDock.Plugins.Network;

/// <summary>Checks that providers share: which keys of <c>--net</c> they take, and whether they may stand beside others.</summary>
internal static class AttachmentOptions
{
    /// <summary>A problem for each key that the provider does not take.</summary>
    public static IEnumerable<Problem> Unknown(NetworkRequest request, params string[] known)
    {
        foreach (var key in request.Attachment.Options.Keys)
        {
            if (Array.IndexOf(known, key) < 0)
            {
                yield return new(
                    $"network {request.Attachment}: option '{key}' is not known to {request.Attachment.Provider}",
                    known.Length == 0 ? "it takes no options" : $"it takes {string.Join(' ', known)}");
            }
        }
    }

    /// <summary>A problem where the provider cannot be one of several.</summary>
    public static IEnumerable<Problem> NotAlone(NetworkRequest request)
    {
        if (request.Spec.Networks.Count > 1)
        {
            yield return new($"network {request.Attachment}: cannot be combined with other attachments", "give it as the only --net");
        }
    }

    /// <summary>A problem where the provider takes no instance but one was given.</summary>
    public static IEnumerable<Problem> HasInstance(NetworkRequest request)
    {
        if (request.Attachment.Instance is not null)
        {
            yield return new($"network {request.Attachment}: {request.Attachment.Provider} takes no name", $"write --net {request.Attachment.Provider}");
        }
    }
}

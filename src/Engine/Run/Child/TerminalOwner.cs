using MiniDock.Abstractions.Model;
using MiniDock.Linux;

namespace MiniDock.Engine.Run.Child;

/// <summary>
/// Gives a terminal to its user where that is one of a user namespace: the engine has made it, so it belongs to the host's root, and
/// nobody in the namespace may change that. Elsewhere the child does it.
/// </summary>
internal static class TerminalOwner
{
    private const uint TerminalGroup = 5;

    public static void Give(ChildStreams streams, ContainerSpec spec, ResolvedUser user)
    {
        if (streams.IsTerminal && ChildNamespaces.ModeOf(spec, NamespaceType.User) == NamespaceMode.Private && Outside(spec.UidMap, user.User) is { } owner)
        {
            Files.FChown(streams.Input, owner, Outside(spec.GidMap, TerminalGroup) ?? uint.MaxValue);
        }
    }

    private static uint? Outside(IReadOnlyList<IdMapping> map, uint inside)
    {
        foreach (var record in map)
        {
            if (inside >= record.Inside && inside - record.Inside < record.Length)
            {
                return record.Outside + (inside - record.Inside);
            }
        }

        return null;
    }
}

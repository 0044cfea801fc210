using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Linux.Child;

namespace MiniDock.Engine.Run.Child;

/// <summary>The last point where a child waits for the engine, in its final root: it is told who it is to be, and then executes its program.</summary>
internal static class LastWait
{
    /// <summary>Looks the user up in the root that the child sends, lets the child go on as that user, and waits until its program runs.</summary>
    /// <param name="child">The child.</param>
    /// <param name="spec">The container, with the process that is started.</param>
    /// <param name="streams">Its descriptors; a terminal becomes the user's.</param>
    /// <param name="ended">Makes the error of a child that ended before its program; null where it told no reason.</param>
    /// <exception cref="EngineException">It failed, or there is no such user.</exception>
    public static void Pass(StartedChild child, ContainerSpec spec, ChildStreams streams, Func<ChildFailure?, EngineException> ended)
    {
        using (var root = child.ReceiveDescriptor(out var earlier) ?? throw ended(earlier))
        {
            var user = UserLookup.Resolve(root, spec.Process);
            TerminalOwner.Give(streams, spec, user);
            child.Proceed((user with { Groups = UserNamespaceMounts.Known(user.Groups, spec) }).Encode());
        }

        if (child.ReadOutcome() is { } failure)
        {
            throw ended(failure);
        }
    }
}

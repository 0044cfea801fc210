using Microsoft.Win32.SafeHandles;

namespace MiniDock.Linux;

/// <summary>Work inside another network namespace without a process of its own.</summary>
public static class NetworkNamespaces
{
    /// <summary>
    /// Runs the action on the calling thread inside the namespace and comes back. Sockets that the action opens stay in that
    /// namespace. The action must not await.
    /// </summary>
    public static T Run<T>(SafeFileHandle networkNamespace, Func<T> action)
    {
        using SafeFileHandle home = Namespaces.OpenOf(null, NamespaceTypes.Network);
        Namespaces.Setns(networkNamespace, NamespaceTypes.Network);
        try
        {
            return action();
        }
        finally
        {
            Return(home);
        }
    }

    /// <inheritdoc cref="Run{T}"/>
    public static void Run(SafeFileHandle networkNamespace, Action action) =>
        Run(networkNamespace, () =>
        {
            action();
            return true;
        });

    /// <summary>Creates a network namespace and gives a descriptor of it; it lives as long as the descriptor. The calling thread stays where it is.</summary>
    public static SafeFileHandle Create()
    {
        using SafeFileHandle home = Namespaces.OpenOf(null, NamespaceTypes.Network);
        Namespaces.Unshare(NamespaceTypes.Network);
        try
        {
            return Namespaces.OpenOf(null, NamespaceTypes.Network);
        }
        finally
        {
            Return(home);
        }
    }

    // A thread that cannot come back would do the process' later work in a container's network: there is no safe way on.
    private static void Return(SafeFileHandle home)
    {
        try
        {
            Namespaces.Setns(home, NamespaceTypes.Network);
        }
        catch (LinuxException e)
        {
            Environment.FailFast($"cannot return from a network namespace: {e.Message}");
        }
    }
}

using MiniDock.Abstractions.Plugins;

namespace MiniDock.Plugins.Sdk;

/// <summary>The main program of a plugin: <c>return Plugin.Run&lt;MyNetwork&gt;();</c>.</summary>
public static class Plugin
{
    /// <summary>Answers the engine until its requests end.</summary>
    /// <typeparam name="T">The provider: one of <see cref="NetworkPlugin"/>, <see cref="StoragePlugin"/>, <see cref="CgroupPlugin"/> and <see cref="HookPlugin"/>.</typeparam>
    /// <returns>The exit code.</returns>
    public static int Run<T>()
        where T : PluginProvider, new()
    {
        var isSession = Environment.GetEnvironmentVariable(PluginProtocol.ModeVariable) == "session";
        using var requests = Console.OpenStandardInput();
        using var replies = isSession ? OpenReplies() : Console.OpenStandardOutput();
        new RequestLoop(new T(), requests, replies).Run(isOnce: !isSession);
        return 0;
    }

    private static FileStream OpenReplies()
    {
        var descriptor = new Microsoft.Win32.SafeHandles.SafeFileHandle(PluginProtocol.ReplyDescriptor, ownsHandle: true);
        return new FileStream(descriptor, FileAccess.Write, bufferSize: 0);
    }
}

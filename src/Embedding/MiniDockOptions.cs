using MiniDock.Abstractions.Providers;

namespace MiniDock.Embedding;

/// <summary>How an embedded engine is set up.</summary>
public sealed class MiniDockOptions
{
    /// <summary>Directory of persistent state: images, containers, networks. Two roots never see each other.</summary>
    public string Root { get; set; } = EnginePaths.DefaultRoot;

    /// <summary>Directory of state that a reboot clears. It belongs on a tmpfs.</summary>
    public string RunRoot { get; set; } = EnginePaths.DefaultRunRoot;

    /// <summary>Told what a user should know, such as a limit that was substituted. Called on any thread.</summary>
    public Action<string> Warn { get; set; } = _ => { };
}

using MiniDock.Abstractions;
using MiniDock.Linux;

namespace MiniDock.Plugins.Network.Cni;

/// <summary>Finds the programs of plugins: <c>CNI_PATH</c>, else where distributions put them.</summary>
public static class CniPrograms
{
    /// <summary>What helps where there is none.</summary>
    internal const string InstallHint = "install it: apt install containernetworking-plugins; or set CNI_PATH";

    private const string DefaultPath = "/opt/cni/bin:/usr/lib/cni";

    /// <summary>The directories that are searched, separated by colons; what plugins see as <c>CNI_PATH</c>.</summary>
    public static string SearchPath => Environment.GetEnvironmentVariable("CNI_PATH") is { Length: > 0 } path ? path : DefaultPath;

    /// <summary>The program of a plugin.</summary>
    /// <param name="type">The plugin.</param>
    /// <param name="searchPath">Where to look.</param>
    /// <exception cref="EngineException">It is not there, or somebody but root could have put it there.</exception>
    public static string Find(string type, string searchPath)
    {
        var found = searchPath.Split(':').Where(d => d.StartsWith('/')).Select(d => Path.Combine(d, type)).FirstOrDefault(File.Exists)
            ?? throw new EngineException($"cni plugin {type}: ENOENT (not in {searchPath})", InstallHint);
        return Trusted(found);
    }

    /// <summary>A program that root may execute.</summary>
    /// <exception cref="EngineException">Somebody but root could have put it there.</exception>
    internal static string Trusted(string program) => TrustedPath.Weakness(program) is { } weakness
        ? throw new EngineException($"cni plugin {program}: EPERM ({weakness})", "what root executes must be root's alone: chown root, chmod go-w")
        : program;
}

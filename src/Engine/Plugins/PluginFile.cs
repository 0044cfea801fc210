using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;

namespace MiniDock.Engine.Plugins;

/// <summary>The program of a plugin, open: what was checked is what is executed.</summary>
internal sealed class PluginFile : IDisposable
{
    private PluginFile(SafeFileHandle file, bool isScript) => (File, IsScript) = (file, isScript);

    public SafeFileHandle File { get; }

    /// <summary>Whether an interpreter has to open it once more.</summary>
    public bool IsScript { get; }

    /// <exception cref="EngineException">It is not there, or not what the manifest says.</exception>
    public static PluginFile Open(InstalledPlugin plugin)
    {
        plugin.ThrowIfUnusable();
        var error = Files.TryOpenAt(null, plugin.Program, OpenFlags.ReadOnly, 0, out var file);
        if (error != Errno.Success)
        {
            throw new EngineException($"plugin program {plugin.Program}: {ErrnoText.Name(error)} ({ErrnoText.Text(error)})");
        }

        try
        {
            CheckDigest(plugin, file);
            return new PluginFile(file, IsExecutedBy(plugin, file));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Why a plugin's program cannot be executed, found without executing it: what was never started needs no undoing.</summary>
    public static IEnumerable<Problem> Problems(InstalledPlugin plugin)
    {
        if (!plugin.IsUsable)
        {
            return plugin.Problems;
        }

        try
        {
            Open(plugin).Dispose();
            return [];
        }
        catch (EngineException e)
        {
            return [new Problem(e.Message, e.Hint)];
        }
    }

    public void Dispose() => File.Dispose();

    private static bool IsExecutedBy(InstalledPlugin plugin, SafeFileHandle file)
    {
        Span<byte> start = stackalloc byte[256];
        start = start[..RandomAccess.Read(file, start, 0)];
        if (!start.StartsWith("#!"u8))
        {
            return false;
        }

        var end = start.IndexOf((byte)'\n');
        var interpreter = System.Text.Encoding.UTF8.GetString(start[2..(end < 0 ? start.Length : end)]).Trim(' ', '\t').Split(' ', '\t')[0];
        return System.IO.File.Exists(interpreter)
            ? true
            : throw new EngineException(
                $"plugin program {plugin.Program}: ENOENT (no interpreter {PluginFailures.Shown(interpreter)})", "its first line must name one of this host, such as #!/bin/sh");
    }

    private static void CheckDigest(InstalledPlugin plugin, SafeFileHandle file)
    {
        if (plugin.Manifest!.Sha256 is not { } wanted)
        {
            return;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 << 10];
        long position = 0;
        while (RandomAccess.Read(file, buffer, position) is > 0 and var count)
        {
            hash.AppendData(buffer, 0, count);
            position += count;
        }

        var found = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (!found.Equals(wanted, StringComparison.OrdinalIgnoreCase))
        {
            throw new EngineException(
                $"plugin program {plugin.Program}: EBADMSG (its SHA-256 is {found})", $"the manifest says {wanted}: the program was changed, or the manifest is an old one");
        }
    }
}

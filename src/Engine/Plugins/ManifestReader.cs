using System.Text.Json;
using System.Text.RegularExpressions;
using MiniDock.Abstractions.Plugins;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Engine.Plugins;

/// <summary>Reads a manifest and names all that is wrong with it.</summary>
internal static partial class ManifestReader
{
    private const string Hint = "docs/plugins.md tells what a manifest holds; minidock plugin test checks it";

    private static readonly string[] BuiltIn =
        ["none", "host", "container", "bridge", "ovs", "ns", "nic", "macvlan", "ipvlan", "cni", "default", "bind", "volume", "tmpfs", "ramdisk", "image", "auto", "v1", "v2", "systemd"];

    /// <summary>Reads the manifest of a directory, which has one.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="isToRun">Whether the plugin is to be run from there: then its files must be trusted.</param>
    public static InstalledPlugin Read(string directory, bool isToRun = true)
    {
        var fallback = Path.GetFileName(directory.TrimEnd('/'));
        var path = Path.Combine(directory, PluginProtocol.ManifestName);
        InstalledPlugin Broken(string what) => new(fallback, directory, null, [new($"plugin manifest {path}: {what}", Hint)]);
        PluginManifest? manifest;
        try
        {
            if (new FileInfo(path).Length > PluginProtocol.MaxManifestBytes)
            {
                return Broken($"EFBIG (over {PluginProtocol.MaxManifestBytes >> 10} KiB)");
            }

            manifest = JsonSerializer.Deserialize(File.ReadAllBytes(path), PluginJson.Default.PluginManifest);
        }
        catch (JsonException e)
        {
            return Broken($"EINVAL ({Reason(e)})");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Broken(e is UnauthorizedAccessException ? "EACCES (cannot be read)" : "EIO (cannot be read)");
        }

        if (manifest is null)
        {
            return Broken("EINVAL (it is null)");
        }

        var problems = Complaints(manifest).Select(c => new Problem($"plugin manifest {path}: {c}", Hint)).ToList();
        problems.AddRange(PluginTrust.Problems(directory, path, manifest, isToRun));
        var name = NameRule().IsMatch(manifest.Name) ? manifest.Name : fallback;
        return new InstalledPlugin(name, directory, manifest, problems);
    }

    private static IEnumerable<string> Complaints(PluginManifest manifest)
    {
        if (!NameRule().IsMatch(manifest.Name))
        {
            yield return "EINVAL (name: lower-case letters, digits, '-' and '_', a letter first, at most 32)";
        }
        else if (BuiltIn.Contains(manifest.Name))
        {
            yield return $"EEXIST (name: {manifest.Name} is built in)";
        }

        if (manifest.Version.Length is 0 or > 64 || manifest.Version.Any(char.IsControl))
        {
            yield return "EINVAL (version: 1 to 64 characters)";
        }

        if (!manifest.Protocol.Contains(PluginProtocol.Version))
        {
            yield return $"EPROTONOSUPPORT (protocol: it speaks {string.Join(", ", manifest.Protocol)}; this minidock speaks {PluginProtocol.Version})";
        }

        if (manifest.Exec.Length == 0 || manifest.Exec.Any(char.IsControl) || (!Path.IsPathRooted(manifest.Exec) && manifest.Exec.Split('/').Contains("..")))
        {
            yield return "EINVAL (exec: a path in the plugin's directory, or an absolute one)";
        }

        foreach (var operation in manifest.Operations.Where(o => !PluginOperations.Of(manifest.Kind).Contains(o)))
        {
            yield return $"EINVAL (ops: {Shown(operation)} is none of {string.Join(' ', PluginOperations.Of(manifest.Kind))})";
        }

        foreach (var operation in PluginOperations.RequiredOf(manifest.Kind).Where(o => !manifest.Operations.Contains(o)))
        {
            yield return $"EINVAL (ops: {operation} is missing)";
        }

        if (manifest.Operations.Count == 0)
        {
            yield return "EINVAL (ops: there is none)";
        }

        if (manifest.TimeoutMs is < 10 or > PluginProtocol.MaxTimeoutMilliseconds)
        {
            yield return $"EINVAL (timeoutMs: 10 to {PluginProtocol.MaxTimeoutMilliseconds})";
        }

        if (manifest.Sha256 is { } digest && !DigestRule().IsMatch(digest))
        {
            yield return "EINVAL (sha256: 64 hexadecimal digits)";
        }

        if (manifest.OptionsSchema is { } schema && schema.ValueKind != JsonValueKind.Object)
        {
            yield return "EINVAL (optionsSchema: a JSON Schema, an object)";
        }

        foreach (var name in manifest.Env.Keys.Where(n => n.Length == 0 || n.Contains('=') || n.Contains('\0')))
        {
            yield return $"EINVAL (env: {Shown(name)} is no variable)";
        }

        foreach (var need in manifest.Needs.Where(n => PluginPrograms.Find(n) is null))
        {
            yield return $"ENOENT (needs: {Shown(need)} is not on this host)";
        }
    }

    // What the reader says, without its own path and position notation.
    private static string Reason(JsonException e)
    {
        var place = e.LineNumber is { } line ? $"line {line + 1}: " : "";
        var end = e.Message.IndexOf(" Path:", StringComparison.Ordinal);
        return place + Shown(end < 0 ? e.Message : e.Message[..end]).TrimEnd('.');
    }

    private static string Shown(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));

    [GeneratedRegex("^[a-z][a-z0-9_-]{0,31}$")]
    private static partial Regex NameRule();

    [GeneratedRegex("^[0-9a-fA-F]{64}$")]
    private static partial Regex DigestRule();
}

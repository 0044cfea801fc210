using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;

namespace MiniDock.Plugins.Network.Cni;

/// <summary>
/// The attachments of a root to networks of CNI, a file each: what plugins keep of them (addresses in /var/lib/cni) outlives a reboot, which ends the
/// journals of runs. Those whose container does not run any more are detached by the next attachment to the network, and by <c>system prune</c>.
/// </summary>
/// <param name="paths">The engine's directories.</param>
public sealed class CniBook(EnginePaths paths)
{
    private string DirectoryPath => Path.Combine(paths.Root, "cni");

    /// <summary>Writes an attachment down.</summary>
    /// <param name="calls">What its plugins are called with, in the order of ADD.</param>
    /// <param name="attachment">Its place among the container's.</param>
    public void Add(IReadOnlyList<CniCall> calls, int attachment)
    {
        var file = FileOf(calls[0].Network, calls[0].Container, attachment);
        Files.CreateDirectories(Path.GetDirectoryName(file)!, 0x1C0);
        var staging = Path.Combine(Path.GetDirectoryName(file)!, $".{Guid.NewGuid():n}");
        using (var written = Files.Open(staging, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive, 0x180))
        {
            RandomAccess.Write(written, Encoding.UTF8.GetBytes(Format(calls)), 0);
            Files.Fdatasync(written);
        }

        File.Move(staging, file, overwrite: true);
    }

    /// <summary>Forgets an attachment; nothing where it is not known.</summary>
    public void Remove(string network, ContainerId container, int attachment) => Files.TryUnlinkAt(null, FileOf(network, container, attachment));

    /// <summary>Detaches those of a network whose containers do not run any more. One that cannot be detached now stays for the next time.</summary>
    /// <param name="network">The network.</param>
    /// <param name="failures">What went wrong, a line each.</param>
    /// <returns>A line for each that was detached.</returns>
    public IReadOnlyList<string> DetachOrphans(string network, ICollection<string> failures)
    {
        var detached = new List<string>();
        foreach (var (file, calls) in Attachments(network))
        {
            if (calls.Count == 0 || Directory.Exists(paths.RunDirectory(calls[0].Container)))
            {
                continue;
            }

            try
            {
                foreach (var call in calls.Reverse())
                {
                    CniPluginHandler.Delete(call, lastResult: null);
                }

                Files.TryUnlinkAt(null, file);
                detached.Add($"attachment {calls[0].Interface} of container {calls[0].Container.Short} to cni:{network}");
            }
            catch (EngineException e)
            {
                failures.Add(e.Message);
            }
        }

        return detached;
    }

    /// <summary>Detaches all whose containers do not run any more, and has plugins that can collect what else they keep (the operation GC of 1.1.0).</summary>
    /// <param name="failures">What went wrong, a line each.</param>
    /// <returns>A line for each that was detached.</returns>
    public IReadOnlyList<string> Collect(ICollection<string> failures)
    {
        if (!Directory.Exists(DirectoryPath))
        {
            return [];
        }

        // Only of networks that this root has used: plugins give up all that is not told to be valid.
        var used = Directory.EnumerateDirectories(DirectoryPath).Select(d => Path.GetFileName(d)).ToList();
        var detached = used.SelectMany(network => DetachOrphans(network, failures)).ToList();
        foreach (var network in CniConfigurations.OfHost.All([]).Where(n => used.Contains(n.Name) && !n.DisablesGc && CniFormat.IsAtLeast(n.Version, "1.1.0")))
        {
            Collect(network, failures);
        }

        return detached;
    }

    private void Collect(CniNetwork network, ICollection<string> failures)
    {
        var valid = new JsonArray([.. Attachments(network.Name).Where(a => a.Calls.Count > 0).Select(a => (JsonNode)new JsonObject
        {
            ["containerID"] = a.Calls[0].Container.Value,
            ["ifname"] = a.Calls[0].Interface,
        })]);
        foreach (var plugin in network.Plugins)
        {
            try
            {
                var searchPath = CniPrograms.SearchPath;
                var call = new CniCall(
                    default, network.Name, network.Version, plugin.Type, CniPrograms.Find(plugin.Type, searchPath), searchPath, plugin.Json, "", "", null, "");
                CniRunner.Run(CniOperation.Collect, call, more: new JsonObject { ["cni.dev/valid-attachments"] = valid.DeepClone() }).OrThrow();
            }
            catch (EngineException e)
            {
                failures.Add(e.Message);
            }
        }
    }

    private IEnumerable<(string File, IReadOnlyList<CniCall> Calls)> Attachments(string network)
    {
        var directory = Path.Combine(DirectoryPath, network);
        if (!Directory.Exists(directory))
        {
            yield break;
        }

        foreach (var file in Directory.EnumerateFiles(directory).Where(f => Path.GetFileName(f)[0] != '.'))
        {
            yield return (file, Read(file));
        }
    }

    private string FileOf(string network, ContainerId container, int attachment) =>
        Path.Combine(DirectoryPath, network, string.Create(CultureInfo.InvariantCulture, $"{container.Value}-{attachment}"));

    private static string Format(IReadOnlyList<CniCall> calls) => new JsonArray([.. calls.Select(call =>
    {
        var json = new JsonObject();
        foreach (var (name, value) in call.ToValues())
        {
            json[name] = value;
        }

        return (JsonNode)json;
    })]).ToJsonString();

    // Nothing can be done about one that is damaged, or that has gone meanwhile.
    private static List<CniCall> Read(string file)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            return [.. json.RootElement.EnumerateArray().Select(c =>
                CniCall.From(StepValues.Of(c.EnumerateObject().Select(m => KeyValuePair.Create(m.Name, m.Value.GetString() ?? "")))))];
        }
        catch (Exception e) when (e is JsonException or IOException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            return [];
        }
    }
}

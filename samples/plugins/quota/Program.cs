using System.Text.Json.Serialization;
using MiniDock.Abstractions.Plugins;
using MiniDock.Plugins.Sdk;

return Plugin.Run<Quota>();

/// <summary>
/// <c>--mount type=quota,src=NAME,dst=/data,size=64M</c>: a volume that lives in a file of that size. It stays when the container goes; without a name it
/// is the container's own and goes with it.
/// </summary>
internal sealed class Quota : StoragePlugin
{
    private const string Home = "/var/lib/minidock-quota";

    protected override Attached<StorageResult> Attach(PluginCall call)
    {
        var file = FileOf(call);
        if (!File.Exists(file))
        {
            Make(file, call.Option("size") ?? "64M");
        }

        var device = HostCommand.Run("losetup", "--find", "--show", file).Trim();
        return new Attached<StorageResult>(new StorageResult
        {
            Mounts = [new PluginMount { Type = "ext4", Source = device, Flags = ["nosuid", "nodev"] }],
        }).WithState(new Kept(device, file), QuotaJson.Default.Kept);
    }

    // The state is lost when the attachment was cut short: the file's name is known all the same, and who uses it can be asked for.
    protected override void Detach(PluginCall call)
    {
        var file = call.State(QuotaJson.Default.Kept)?.File ?? FileOf(call);
        if (!File.Exists(file))
        {
            return;
        }

        if (call.State(QuotaJson.Default.Kept) is { } kept)
        {
            HostCommand.TryRun("losetup", "--detach", kept.Device);
        }
        else
        {
            // A device that another container has mounted goes with its last mount.
            DetachAll(file);
        }

        if (IsOwn(call))
        {
            File.Delete(file);
        }
    }

    protected override void Collect(PluginCall call)
    {
        foreach (var file in Directory.Exists(Home) ? Directory.GetFiles(Home, "container-*") : [])
        {
            if (!call.Alive.Any(id => Path.GetFileName(file).StartsWith($"container-{id}-", StringComparison.Ordinal)))
            {
                DetachAll(file);
                File.Delete(file);
            }
        }
    }

    private static bool IsOwn(PluginCall call) => call.Mount.Source.Length == 0;

    private static string FileOf(PluginCall call)
    {
        var name = call.Mount.Source;
        return IsOwn(call) ? Path.Combine(Home, $"container-{call.Container.Id}-{call.Mount.Index}")
            : name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? Path.Combine(Home, $"volume-{name}")
            : throw new PluginException("EINVAL", $"volume {name}: letters, digits, '-' and '_' only");
    }

    // Under another name until it is whole: a half-made file system is made again.
    private static void Make(string file, string size)
    {
        Directory.CreateDirectory(Home);
        var half = file + ".new";
        File.Delete(half);
        HostCommand.Run("truncate", "--size", size, half);
        HostCommand.Run("mkfs.ext4", "-q", "-E", "lazy_itable_init=1,nodiscard", half);
        File.Move(half, file);
    }

    private static void DetachAll(string file)
    {
        foreach (var line in HostCommand.Run("losetup", "--associated", file).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            HostCommand.TryRun("losetup", "--detach", line.Split(':')[0]);
        }
    }
}

/// <summary>What detaching needs to know.</summary>
internal sealed record Kept(string Device, string File);

[JsonSerializable(typeof(Kept))]
internal sealed partial class QuotaJson : JsonSerializerContext;

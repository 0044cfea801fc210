using System.Diagnostics;
using System.Text.Json;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Plugins;

namespace MiniDock.Engine.Plugins.Testing;

/// <summary>Tries whether a plugin keeps to the protocol: each of its operations, undoing twice and without a state, and a question that it cannot know.</summary>
/// <param name="plugin">The plugin, which can be used.</param>
/// <param name="caller">Calls it.</param>
/// <param name="options">Options that it is called with.</param>
public sealed class PluginConformance(InstalledPlugin plugin, PluginCaller caller, IReadOnlyDictionary<string, string> options)
{
    private readonly List<ConformanceFinding> _findings = [];
    private readonly string _id = Guid.NewGuid().ToString("N") + Guid.NewGuid().ToString("N");

    /// <summary>Tries all. Nothing that the plugin has made is left if it keeps to its own word.</summary>
    public IReadOnlyList<ConformanceFinding> Run()
    {
        try
        {
            switch (plugin.Manifest!.Kind)
            {
                case PluginKind.Network:
                    using (var place = new NetworkPlace())
                    {
                        Attachment(place);
                    }

                    break;
                case PluginKind.Storage:
                    Attachment(null);
                    break;
                case PluginKind.Cgroup:
                    Try("plan", PluginOperations.Plan, Request() with { Resources = PluginSteps.Parse("{}"), Cgroups = new PluginCgroupHost() }, r => Read(r, PluginJson.Default.CgroupResult));
                    break;
                default:
                    foreach (var operation in plugin.Manifest.Operations)
                    {
                        Try(operation, operation, Request(), r => Read(r, PluginJson.Default.HookResult));
                    }

                    break;
            }

            Unknown();
        }
        finally
        {
            caller.EndSessions();
        }

        return _findings;
    }

    private void Attachment(NetworkPlace? place)
    {
        var request = Request() with
        {
            Ns = place is null ? null : new PluginNamespaces($"/proc/{place.Pid}/ns/net", $"/proc/{place.Pid}/ns/mnt"),
            Network = place is null ? null : new PluginNetworkRequest { Interface = "eth0", DefaultRoute = true },
            Mount = place is null ? new PluginMountRequest { Target = "/data" } : null,
        };
        request = request with { Container = request.Container! with { Pid = place?.Pid } };
        JsonElement? state = null;
        if (plugin.Manifest!.DryRun)
        {
            Try("attach, explained", PluginOperations.Attach, request with { DryRun = true }, r => Read(r, PluginJson.Default.PluginPlanResult));
        }

        Try("detach before attach", PluginOperations.Detach, request);
        Try("attach", PluginOperations.Attach, request, r =>
        {
            state = r.State;
            if (place is null)
            {
                return Storage.PluginVolumeHandler.Complaint(r);
            }

            return Read(r, PluginJson.Default.NetworkResult) ?? (place.Has("eth0") ? null : "it made no interface eth0 inside");
        });
        if (plugin.Has(PluginOperations.Check))
        {
            Try("check", PluginOperations.Check, request with { State = state });
        }

        Try("detach", PluginOperations.Detach, request with { State = state, Ns = null });
        Try("detach again, without state", PluginOperations.Detach, request with { Ns = null });
        if (plugin.Has(PluginOperations.Collect))
        {
            Try("attach once more", PluginOperations.Attach, request);
            Try("gc", PluginOperations.Collect, new PluginRequest { Op = "", Alive = [] });
            Try("detach after gc", PluginOperations.Detach, request with { Ns = null });
        }
    }

    private void Unknown()
    {
        var began = Stopwatch.GetTimestamp();
        string? failure = "it says that all is well";
        try
        {
            caller.Call(plugin, "no-such-operation", Request());
        }
        catch (EngineException e)
        {
            failure = e.Message.Contains("no-such-operation: E", StringComparison.Ordinal) && !e.Message.Contains("ETIMEDOUT", StringComparison.Ordinal) && !e.Message.Contains("EPIPE", StringComparison.Ordinal)
                ? null
                : e.Message;
        }

        _findings.Add(new ConformanceFinding("an unknown operation is refused", Stopwatch.GetElapsedTime(began), failure));
    }

    private void Try(string what, string operation, PluginRequest request, Func<PluginReply, string?>? look = null)
    {
        var began = Stopwatch.GetTimestamp();
        string? failure = null;
        PluginReply? reply = null;
        try
        {
            reply = caller.Call(plugin, operation, request);
        }
        catch (EngineException e)
        {
            failure = e.Message;
        }

        var took = Stopwatch.GetElapsedTime(began);
        _findings.Add(new ConformanceFinding(what, took, failure ?? look?.Invoke(reply!)));
    }

    private PluginRequest Request() => new()
    {
        Op = "",
        Container = new PluginContainer { Id = _id, Name = "plugin-test", Bundle = "/tmp" },
        Options = options,
    };

    private static string? Read<T>(PluginReply reply, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        try
        {
            _ = reply.Result is { } json ? json.Deserialize(type) : default;
            return null;
        }
        catch (JsonException e)
        {
            return $"its result is not one: {PluginFailures.Shown(e.Message)}";
        }
    }
}

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MiniDock.Abstractions;
using MiniDock.Linux;
using MiniDock.Linux.Child;

namespace MiniDock.Plugins.Network.Cni;

/// <summary>Runs the program of a plugin (CNI specification, section 2) with a clean environment, and no longer than it may take.</summary>
public static class CniRunner
{
    private const int MostMilliseconds = 30_000;
    private const int GraceMilliseconds = 500;
    private const int MostOutputBytes = 1 << 20;
    private const int ShownLines = 20;
    private const string ProgramPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>Runs it.</summary>
    /// <param name="operation">One of <see cref="CniOperation"/>.</param>
    /// <param name="call">What it is called with.</param>
    /// <param name="previous">The result of the plugin before, or with DEL of the last; null: none.</param>
    /// <param name="more">More members of its input, or null.</param>
    public static CniAnswer Run(string operation, CniCall call, string? previous = null, JsonObject? more = null)
    {
        var what = $"cni plugin {call.Plugin} (list {call.Network}, {operation})";
        HostProgramEnd end;
        try
        {
            end = new HostProgram(call.Program, [call.Program], Environment(operation, call))
            {
                Input = Input(call, previous, more),
                MostMilliseconds = MostMilliseconds,
                GraceMilliseconds = GraceMilliseconds,
                KeptBytes = MostOutputBytes,
            }.Run();
        }
        catch (LinuxException e) when (e.Operation == "execute")
        {
            return CniAnswer.Failed($"{what}: {call.Program}: {ErrnoText.Name(e.Errno)} ({ErrnoText.Text(e.Errno)})", CniPrograms.InstallHint);
        }

        return !end.InTime ? CniAnswer.Failed($"{what}: ETIMEDOUT (not done after {MostMilliseconds / 1000} s){Written(end)}", null)
            : end.Status.ShellExitCode == 0 ? new CniAnswer(Encoding.UTF8.GetString(end.Output), 0, null)
            : Failure(what, operation, call, end);
    }

    private static List<string> Environment(string operation, CniCall call)
    {
        var variables = new List<string> { $"PATH={ProgramPath}", $"CNI_COMMAND={operation}", $"CNI_PATH={call.SearchPath}" };
        if (operation is CniOperation.Add or CniOperation.Delete)
        {
            variables.Add($"CNI_CONTAINERID={call.Container.Value}");
            variables.Add($"CNI_NETNS={call.NamespacePath}");
            variables.Add($"CNI_IFNAME={call.Interface}");
            variables.Add($"CNI_ARGS={call.Arguments}");
        }

        return variables;
    }

    private static byte[] Input(CniCall call, string? previous, JsonObject? more)
    {
        var input = JsonNode.Parse(call.Configuration)!.AsObject();
        input["name"] = call.Network;
        input["cniVersion"] = call.Version;
        if (call.RuntimeConfiguration is { } runtime)
        {
            input["runtimeConfig"] = JsonNode.Parse(runtime);
        }

        if (previous is not null)
        {
            input["prevResult"] = JsonNode.Parse(previous);
        }

        foreach (var (name, value) in more ?? [])
        {
            input[name] = value?.DeepClone();
        }

        return Encoding.UTF8.GetBytes(input.ToJsonString());
    }

    private static CniAnswer Failure(string what, string operation, CniCall call, HostProgramEnd end)
    {
        try
        {
            using var error = JsonDocument.Parse(end.Output);
            var root = error.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("code", out var number) && number.TryGetInt32(out var code))
            {
                var details = Text(root, "details");
                var message = $"{what}: {code} ({Text(root, "msg")}){(details.Length == 0 ? "" : $": {details}")}{Written(end)}";
                return CniAnswer.Failed(message, HintFor(code, operation, call), code);
            }
        }
        catch (JsonException)
        {
            // It told nothing of its failure that can be understood: what it wrote is shown as it is.
        }

        var output = HostProgramEnd.Shown(end.Output);
        return CniAnswer.Failed($"{what}: exit code {end.Status.ShellExitCode}{(output.Length == 0 ? "" : $"; it wrote:\n{output}")}{Written(end)}", null);
    }

    // By the numbers of the specification, section 5.
    private static string? HintFor(int code, string operation, CniCall call) => code switch
    {
        1 when operation != CniOperation.Version => $"the list's cniVersion is {call.Version}; the plugin says of itself: {VersionsOf(call)}",
        2 or 6 or 7 => "the list's file is what the plugin complains about",
        11 => "the plugin asks to try it again later",
        _ => null,
    };

    private static string VersionsOf(CniCall call)
    {
        var answer = Run(CniOperation.Version, call with { RuntimeConfiguration = null });
        return answer.Error?.Message ?? HostProgramEnd.Shown(Encoding.UTF8.GetBytes(answer.Output));
    }

    private static string Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? HostProgramEnd.Shown(Encoding.UTF8.GetBytes(value.GetString()!)) : "";

    private static string Written(HostProgramEnd end)
    {
        var lines = HostProgramEnd.Shown(end.Errors).Split('\n');
        return lines is [""] ? "" : $"; it wrote:\n{string.Join('\n', lines.TakeLast(ShownLines))}";
    }
}

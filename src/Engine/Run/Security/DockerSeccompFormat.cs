using System.Text.Json;
using MiniDock.Abstractions;
using MiniDock.Linux;
using MiniDock.Linux.Bpf;

namespace MiniDock.Engine.Run.Security;

/// <summary>
/// Reads docker's profile format, and the one of the OCI runtime specification that it is made from: <c>defaultAction</c>,
/// <c>archMap</c> or <c>architectures</c>, <c>syscalls</c> with <c>names</c>, <c>action</c>, <c>args</c>, <c>includes</c>, <c>excludes</c>.
/// </summary>
internal static class DockerSeccompFormat
{
    private const string NativeArchitecture = "amd64";

    private static readonly SyscallTable[] Known = [SyscallTable.X64, SyscallTable.X86, SyscallTable.X32];

    /// <summary>Reads a profile for a container with these capabilities on this kernel.</summary>
    /// <exception cref="EngineException">It is no such profile.</exception>
    public static SeccompProfile Parse(string json, ulong capabilities, Version kernel)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return Read(document.RootElement, capabilities, kernel);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or OverflowException)
        {
            throw new EngineException($"seccomp profile: {e.Message.TrimEnd('.')}", "the format is docker's: https://docs.docker.com/engine/security/seccomp/", inner: e);
        }
    }

    private static SeccompProfile Read(JsonElement root, ulong capabilities, Version kernel)
    {
        var defaultErrno = Errno(root, "defaultErrnoRet");
        var entries = Items(root, "syscalls")
            .Where(e => Included(e, capabilities, kernel))
            .Select(e => Entry(e, defaultErrno))
            .ToList();
        return new SeccompProfile(Action(Text(root, "defaultAction") ?? "", defaultErrno), Interfaces(root), entries, Flags(root));
    }

    private static List<SyscallTable> Interfaces(JsonElement root)
    {
        var names = Items(root, "architectures").Select(a => a.GetString()).ToList();
        foreach (var map in Items(root, "archMap").Where(m => Text(m, "architecture") == SyscallTable.X64.Name))
        {
            names.Add(SyscallTable.X64.Name);
            names.AddRange(Items(map, "subArchitectures").Select(a => a.GetString()));
        }

        return [.. Known.Where(t => t == SyscallTable.X64 || names.Contains(t.Name))];
    }

    private static SeccompEntry Entry(JsonElement entry, Errno defaultErrno)
    {
        List<string> names = [.. Items(entry, "names").Select(n => n.GetString()!)];
        if (Text(entry, "name") is { } single)
        {
            names.Add(single);
        }

        var errno = entry.TryGetProperty("errnoRet", out var value) && value.ValueKind == JsonValueKind.Number ? (Errno)value.GetUInt16() : defaultErrno;
        return new SeccompEntry(names, Action(Text(entry, "action") ?? "", errno), [.. Items(entry, "args").Select(Condition)]);
    }

    private static SeccompCondition Condition(JsonElement condition)
    {
        var index = condition.GetProperty("index").GetInt32();
        if (index is < 0 or > 5)
        {
            throw new FormatException($"argument {index} of a system call");
        }

        var value = condition.GetProperty("value").GetUInt64();
        var second = condition.TryGetProperty("valueTwo", out var two) ? two.GetUInt64() : 0;
        return Text(condition, "op") switch
        {
            "SCMP_CMP_NE" => new(index, SeccompComparison.NotEqual, value),
            "SCMP_CMP_LT" => new(index, SeccompComparison.Less, value),
            "SCMP_CMP_LE" => new(index, SeccompComparison.LessOrEqual, value),
            "SCMP_CMP_EQ" => new(index, SeccompComparison.Equal, value),
            "SCMP_CMP_GE" => new(index, SeccompComparison.GreaterOrEqual, value),
            "SCMP_CMP_GT" => new(index, SeccompComparison.Greater, value),
            "SCMP_CMP_MASKED_EQ" => new(index, SeccompComparison.MaskedEqual, second, value),
            var other => throw new FormatException($"unknown comparison '{other}'"),
        };
    }

    private static SeccompAction Action(string name, Errno errno) => name switch
    {
        "SCMP_ACT_ALLOW" => SeccompAction.Allow,
        "SCMP_ACT_LOG" => SeccompAction.Log,
        "SCMP_ACT_ERRNO" => SeccompAction.Fail(errno),
        "SCMP_ACT_TRAP" => SeccompAction.Trap,
        "SCMP_ACT_TRACE" => SeccompAction.Trace((ushort)errno),
        "SCMP_ACT_KILL" or "SCMP_ACT_KILL_THREAD" => SeccompAction.KillThread,
        "SCMP_ACT_KILL_PROCESS" => SeccompAction.KillProcess,
        _ => throw new FormatException($"unknown action '{name}'"),
    };

    private static bool Included(JsonElement entry, ulong capabilities, Version kernel)
    {
        var includes = entry.TryGetProperty("includes", out var i) && i.ValueKind == JsonValueKind.Object ? i : default(JsonElement?);
        var excludes = entry.TryGetProperty("excludes", out var x) && x.ValueKind == JsonValueKind.Object ? x : default(JsonElement?);
        return (includes is not { } inc
                || (Has(inc, capabilities, all: true) && Architecture(inc, whenNone: true) && MinimumKernel(inc, kernel, whenNone: true)))
            && (excludes is not { } exc
                || !(Has(exc, capabilities, all: false) || Architecture(exc, whenNone: false) || MinimumKernel(exc, kernel, whenNone: false)));
    }

    private static bool Has(JsonElement filter, ulong capabilities, bool all)
    {
        var named = Items(filter, "caps").Select(c => Capabilities.TryParse(c.GetString()!, out var capability) && (capabilities & Capabilities.Bit(capability)) != 0).ToList();
        return all ? named.All(has => has) : named.Any(has => has);
    }

    private static bool Architecture(JsonElement filter, bool whenNone)
    {
        var named = Items(filter, "arches").Select(a => a.GetString()).ToList();
        return named.Count == 0 ? whenNone : named.Contains(NativeArchitecture);
    }

    private static bool MinimumKernel(JsonElement filter, Version kernel, bool whenNone) =>
        Text(filter, "minKernel") is { } minimum ? kernel >= Version.Parse(minimum) : whenNone;

    private static uint Flags(JsonElement root)
    {
        uint flags = 0;
        foreach (var flag in Items(root, "flags"))
        {
            flags |= flag.GetString() switch
            {
                "SECCOMP_FILTER_FLAG_TSYNC" => 1u,
                "SECCOMP_FILTER_FLAG_LOG" => 2u,
                "SECCOMP_FILTER_FLAG_SPEC_ALLOW" => 4u,
                var other => throw new FormatException($"unknown flag '{other}'"),
            };
        }

        return flags;
    }

    private static Errno Errno(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? (Errno)value.GetUInt16() : Linux.Errno.EPERM;

    private static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        element.TryGetProperty(name, out var array) && array.ValueKind == JsonValueKind.Array ? array.EnumerateArray() : [];

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

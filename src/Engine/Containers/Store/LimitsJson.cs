using System.Buffers;
using System.Text;
using System.Text.Json;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Json;

namespace MiniDock.Engine.Containers.Store;

/// <summary>Limits, as a specification and the plan of an update hold them.</summary>
internal static class LimitsJson
{
    /// <summary>Writes the members of their object.</summary>
    public static void Write(Utf8JsonWriter json, ResourceLimits limits)
    {
        json.Optional("memoryLimitBytes"u8, limits.MemoryLimitBytes);
        json.Optional("memorySwapBytes"u8, limits.MemorySwapBytes);
        json.Optional("memoryReservationBytes"u8, limits.MemoryReservationBytes);
        json.Optional("memoryHighBytes"u8, limits.MemoryHighBytes);
        if (limits.OomKillDisable)
        {
            json.WriteBoolean("oomKillDisable"u8, true);
        }

        json.Optional("memorySwappiness"u8, limits.MemorySwappiness);
        json.Optional("cpuQuotaMicroseconds"u8, limits.CpuQuotaMicroseconds);
        json.Optional("cpuPeriodMicroseconds"u8, limits.CpuPeriodMicroseconds);
        json.Optional("cpuBurstMicroseconds"u8, limits.CpuBurstMicroseconds);
        json.Optional("cpuRealtimeRuntimeMicroseconds"u8, limits.CpuRealtimeRuntimeMicroseconds);
        json.Optional("cpuRealtimePeriodMicroseconds"u8, limits.CpuRealtimePeriodMicroseconds);
        json.Optional("cpuShares"u8, limits.CpuShares);
        json.Optional("cpusetCpus"u8, limits.CpusetCpus);
        json.Optional("cpusetMems"u8, limits.CpusetMems);
        json.Optional("pidsLimit"u8, limits.PidsLimit);
        json.Optional("blkioWeight"u8, limits.BlkioWeight);
        json.Objects("blkioDevices"u8, limits.BlkioDevices, static (json, limit) =>
        {
            json.WriteString("path"u8, limit.Path);
            json.WriteString("kind"u8, limit.Kind);
            json.WriteNumber("rate"u8, limit.Rate);
        });
        json.Objects("hugepageLimits"u8, limits.HugepageLimits, static (json, limit) =>
        {
            json.WriteString("pageSize"u8, limit.PageSize);
            json.WriteNumber("bytes"u8, limit.Bytes);
        });
        json.Objects("unified"u8, limits.Unified, static (json, setting) =>
        {
            json.WriteString("file"u8, setting.File);
            json.WriteString("value"u8, setting.Value);
        });
        json.Objects("devices"u8, limits.Devices, static (json, rule) =>
        {
            json.WriteString("type"u8, [rule.Type]);
            json.Optional("major"u8, rule.Major);
            json.Optional("minor"u8, rule.Minor);
            json.WriteString("access"u8, rule.Access);
        });
    }

    /// <summary>Reads their object.</summary>
    public static ResourceLimits Read(JsonElement json) => new()
    {
        MemoryLimitBytes = json.Number("memoryLimitBytes"),
        MemorySwapBytes = json.Number("memorySwapBytes"),
        MemoryReservationBytes = json.Number("memoryReservationBytes"),
        MemoryHighBytes = json.Number("memoryHighBytes"),
        OomKillDisable = json.Flag("oomKillDisable"),
        MemorySwappiness = (int?)json.Number("memorySwappiness"),
        CpuQuotaMicroseconds = json.Number("cpuQuotaMicroseconds"),
        CpuPeriodMicroseconds = json.Number("cpuPeriodMicroseconds"),
        CpuBurstMicroseconds = json.Number("cpuBurstMicroseconds"),
        CpuRealtimeRuntimeMicroseconds = json.Number("cpuRealtimeRuntimeMicroseconds"),
        CpuRealtimePeriodMicroseconds = json.Number("cpuRealtimePeriodMicroseconds"),
        CpuShares = json.Number("cpuShares"),
        CpusetCpus = json.Text("cpusetCpus"),
        CpusetMems = json.Text("cpusetMems"),
        PidsLimit = json.Number("pidsLimit"),
        BlkioWeight = (int?)json.Number("blkioWeight"),
        BlkioDevices = json.Objects("blkioDevices", one => new BlkioDeviceLimit(one.Required("path"), one.Required("kind"), one.Number("rate") ?? 0)) ?? [],
        HugepageLimits = json.Objects("hugepageLimits", one => new HugepageLimit(one.Required("pageSize"), one.Number("bytes") ?? 0)) ?? [],
        Unified = json.Objects("unified", one => new CgroupSetting(one.Required("file"), one.Required("value"))) ?? [],
        Devices = json.Objects("devices", one => new DeviceRule(one.Required("type")[0], (uint?)one.Number("major"), (uint?)one.Number("minor"), one.Required("access"))) ?? [],
    };

    /// <summary>The object as text.</summary>
    public static string ToText(ResourceLimits limits)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, QuickJson.Options))
        {
            json.WriteStartObject();
            Write(json, limits);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    /// <summary>Reads such a text.</summary>
    public static ResourceLimits Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        return Read(document.RootElement);
    }
}

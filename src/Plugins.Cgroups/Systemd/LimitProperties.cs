using System.Globalization;

namespace MiniDock.Plugins.Cgroups.Systemd;

/// <summary>The properties of a unit that stand for files of version 2. What systemd knows must be told to it: it writes those files again whenever it likes.</summary>
internal static class LimitProperties
{
    private const long MicrosecondsPerSecond = 1_000_000;

    /// <summary>The properties; files that systemd does not know give none.</summary>
    public static IEnumerable<UnitProperty> Of(IEnumerable<CgroupWrite> writes) => writes.SelectMany(w => Of(w.File.Split('|')[^1], w.Value));

    private static IEnumerable<UnitProperty> Of(string file, string value) => file switch
    {
        "memory.max" => [Number("MemoryMax", value)],
        "memory.high" => [Number("MemoryHigh", value)],
        "memory.low" => [Number("MemoryLow", value)],
        "memory.swap.max" => [Number("MemorySwapMax", value)],
        "pids.max" => [Number("TasksMax", value)],
        "cpu.weight" => [Number("CPUWeight", value)],
        "cpu.max" => Quota(value.Split(' ')),
        "cpuset.cpus" => [new("AllowedCPUs", "ay", Mask(value))],
        "cpuset.mems" => [new("AllowedMemoryNodes", "ay", Mask(value))],
        "io.max" => [Device(value)],
        _ => [],
    };

    private static UnitProperty Number(string name, string value) => new(name, "t", value == "max" ? ulong.MaxValue.ToString(CultureInfo.InvariantCulture) : value);

    private static IEnumerable<UnitProperty> Quota(string[] parts)
    {
        var period = long.Parse(parts[1], CultureInfo.InvariantCulture);
        yield return parts[0] == "max"
            ? Number("CPUQuotaPerSecUSec", "max")
            : Number("CPUQuotaPerSecUSec", (long.Parse(parts[0], CultureInfo.InvariantCulture) * MicrosecondsPerSecond / period).ToString(CultureInfo.InvariantCulture));
        yield return Number("CPUQuotaPeriodUSec", parts[1]);
    }

    // "8:0 rbps=1048576"
    private static UnitProperty Device(string value)
    {
        var parts = value.Split(' ', '=');
        var name = parts[1] switch { "rbps" => "IOReadBandwidthMax", "wbps" => "IOWriteBandwidthMax", "riops" => "IOReadIOPSMax", _ => "IOWriteIOPSMax" };
        return new(name, "a(st)", $"/dev/block/{parts[0]} {(parts[2] == "max" ? ulong.MaxValue.ToString(CultureInfo.InvariantCulture) : parts[2])}");
    }

    // A bit for each, the first in the first byte.
    private static string Mask(string list)
    {
        _ = CpuList.TryParse(list, out var numbers);
        var bytes = new byte[(numbers.Max / 8) + 1];
        foreach (var number in numbers)
        {
            bytes[number / 8] |= (byte)(1 << (number % 8));
        }

        return Convert.ToHexString(bytes);
    }
}

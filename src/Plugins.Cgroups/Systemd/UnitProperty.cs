using System.Globalization;

namespace MiniDock.Plugins.Cgroups.Systemd;

/// <summary>A property of a unit, systemd.resource-control(5).</summary>
/// <param name="Name">Its name on the bus.</param>
/// <param name="Signature">The type of its value: <c>b s t ay au a(st)</c>.</param>
/// <param name="Value">The value as text: bytes as hexadecimal, a pair with a space between.</param>
internal sealed record UnitProperty(string Name, string Signature, string Value)
{
    /// <summary>The processes that a scope begins with.</summary>
    public static UnitProperty OfProcess(int pid) => new("PIDs", "au", pid.ToString(CultureInfo.InvariantCulture));

    /// <summary>The lines of a step's argument.</summary>
    public static string Encode(IEnumerable<UnitProperty> properties) => string.Join('\n', properties.Select(p => $"{p.Name} {p.Signature} {p.Value}"));

    /// <summary>Reads what <see cref="Encode"/> made.</summary>
    public static IReadOnlyList<UnitProperty> Decode(string lines) =>
        [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', 3)).Select(p => new UnitProperty(p[0], p[1], p[2]))];

    /// <summary>Writes an array of properties, <c>a(sv)</c>.</summary>
    public static void Write(BusWriter writer, IReadOnlyList<UnitProperty> properties) =>
        writer.Array(8, properties, static (w, p) => p.WriteValue(w.Text(p.Name).Signature(p.Signature)));

    private void WriteValue(BusWriter writer) => _ = Signature switch
    {
        "b" => writer.UInt32(Value == "true" ? 1u : 0u),
        "t" => writer.UInt64(Number(Value)),
        "ay" => writer.Array(1, Convert.FromHexString(Value), static (w, b) => w.Byte(b)),
        "au" => writer.Array(4, [(uint)Number(Value)], static (w, n) => w.UInt32(n)),
        "a(st)" => writer.Array(8, [Value.Split(' ')], static (w, pair) => w.Text(pair[0]).UInt64(Number(pair[1]))),
        _ => writer.Text(Value),
    };

    private static ulong Number(string text) => ulong.Parse(text, CultureInfo.InvariantCulture);
}

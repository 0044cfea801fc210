using System.Globalization;

namespace MiniDock.Cli.Output;

/// <summary>Sizes as docker shows memory: powers of 1024, four digits.</summary>
internal static class BinarySize
{
    private static readonly string[] s_units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

    public static string Of(long bytes)
    {
        var (value, unit) = ((double)bytes, 0);
        while (value >= 1024 && unit < s_units.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        // Four significant digits, as %.4g prints them.
        var digits = value switch { >= 1000 => "0", >= 100 => "0.#", >= 10 => "0.##", _ => "0.###" };
        return value.ToString(digits, CultureInfo.InvariantCulture) + s_units[unit];
    }
}

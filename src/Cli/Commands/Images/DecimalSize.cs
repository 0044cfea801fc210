using System.Globalization;

namespace MiniDock.Cli.Commands.Images;

/// <summary>Sizes as docker shows images: powers of 1000, three or four digits.</summary>
internal static class DecimalSize
{
    private static readonly string[] s_units = ["B", "kB", "MB", "GB", "TB", "PB"];

    public static string Of(long bytes)
    {
        var (value, unit) = ((double)bytes, 0);
        while (value >= 1000 && unit < s_units.Length - 1)
        {
            value /= 1000;
            unit++;
        }

        // Three significant digits, as %.3g prints them.
        var digits = value switch { >= 100 => "0", >= 10 => "0.#", _ => "0.##" };
        return value.ToString(digits, CultureInfo.InvariantCulture) + s_units[unit];
    }
}

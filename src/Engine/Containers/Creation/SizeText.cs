using System.Globalization;

namespace MiniDock.Engine.Containers.Creation;

/// <summary>Sizes as docker writes them: <c>512m</c>, <c>1.5g</c>, <c>64KiB</c>, <c>100MB</c>, all of them powers of 1024.</summary>
public static class SizeText
{
    /// <summary>How to write a size, for hints.</summary>
    public const string Rule = "a size is a number with b, k, m, g or t behind it, such as 100m or 1.5g";

    /// <summary>Parses a size in bytes.</summary>
    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        var digits = text.AsSpan().IndexOfAnyExcept("0123456789.");
        var number = digits < 0 ? text.AsSpan() : text.AsSpan(0, digits);
        var unit = digits < 0 ? default : text.AsSpan(digits).TrimStart(' ');
        if (number.Length == 0 || !char.IsAsciiDigit(number[0]) || !char.IsAsciiDigit(number[^1])
            || !decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        if (Shift(unit) is not { } shift || value > long.MaxValue >> shift)
        {
            return false;
        }

        bytes = (long)(value * (1L << shift));
        return true;
    }

    private static int? Shift(ReadOnlySpan<char> unit)
    {
        if (unit.Length == 0)
        {
            return 0;
        }

        var shift = char.ToLowerInvariant(unit[0]) switch { 'b' => 0, 'k' => 10, 'm' => 20, 'g' => 30, 't' => 40, 'p' => 50, _ => -1 };
        var rest = unit[1..];
        return shift switch
        {
            < 0 => null,
            0 => rest.Length == 0 ? 0 : null,
            _ => rest.Length == 0 || rest.Equals("b", StringComparison.OrdinalIgnoreCase) || rest.Equals("ib", StringComparison.OrdinalIgnoreCase)
                || rest.Equals("i", StringComparison.OrdinalIgnoreCase) ? shift : null,
        };
    }
}

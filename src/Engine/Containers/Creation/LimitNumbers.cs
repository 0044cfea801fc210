using System.Globalization;

namespace MiniDock.Engine.Containers.Creation;

/// <summary>Reads the numbers of limits.</summary>
internal sealed class LimitNumbers(Findings findings)
{
    /// <summary>A size in bytes, or null where none was typed.</summary>
    public long? Size(string flag, string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (SizeText.TryParse(text, out var bytes))
        {
            return bytes;
        }

        findings.Invalid(flag, text, "not a size", SizeText.Rule);
        return null;
    }

    /// <summary>A whole number within bounds, or null where none was typed.</summary>
    public long? Whole(string flag, string? text, long least, long most)
    {
        if (text is null)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
        {
            return value;
        }

        findings.Invalid(flag, text, most == long.MaxValue ? $"not a whole number from {least} up" : $"not a whole number from {least} to {most}");
        return null;
    }
}

using System.Globalization;

namespace MiniDock.Engine.Containers.Creation;

/// <summary>Users and groups, by name or number. A number is strictly 0 to 2³¹−1: what is larger would wrap to another user, root among them.</summary>
public static class UserText
{
    /// <summary>What is wrong with <c>USER[:GROUP]</c>, or null.</summary>
    public static string? Complaint(string text)
    {
        var parts = text.Split(':');
        if (parts.Length > 2)
        {
            return "it is USER or USER:GROUP";
        }

        return ComplaintOfOne(parts[0], "user") ?? (parts.Length == 2 ? ComplaintOfOne(parts[1], "group") : null);
    }

    /// <summary>What is wrong with a single user or group, or null.</summary>
    public static string? ComplaintOfOne(string text, string what)
    {
        if (text.Length == 0)
        {
            return $"the {what} is empty";
        }

        var digits = text[0] is '-' or '+' ? text.AsSpan(1) : text.AsSpan();
        if (digits.Length > 0 && !digits.ContainsAnyExceptInRange('0', '9'))
        {
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? null : $"the {what} number is not between 0 and 2147483647";
        }

        return text.AsSpan().ContainsAny(",/ \t\n\r\0") || text.Any(char.IsControl) ? $"the {what} name has a character that no name has" : null;
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace MiniDock.Abstractions.Model;

/// <summary>A name and a tag of an image, such as <c>busybox:latest</c> (OCI distribution spec, "pulling manifests").</summary>
public readonly partial record struct ImageReference
{
    /// <summary>The tag that a reference without one means.</summary>
    public const string DefaultTag = "latest";

    private ImageReference(string name, string tag) => (Name, Tag) = (name, tag);

    /// <summary>The repository: lower case, components separated by slashes, a host with a port in front where there is one.</summary>
    public string Name { get; }

    /// <summary>The tag.</summary>
    public string Tag { get; }

    /// <summary>Parses <c>NAME[:TAG]</c>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ImageReference reference)
    {
        reference = default;
        if (string.IsNullOrEmpty(text) || text.Length > 512)
        {
            return false;
        }

        var colon = text.LastIndexOf(':');
        var hasTag = colon > text.LastIndexOf('/');
        var name = hasTag ? text[..colon] : text;
        var tag = hasTag ? text[(colon + 1)..] : DefaultTag;
        if (!NamePattern().IsMatch(name) || !TagPattern().IsMatch(tag))
        {
            return false;
        }

        reference = new ImageReference(name, tag);
        return true;
    }

    /// <summary>Parses <c>NAME[:TAG]</c>.</summary>
    /// <exception cref="FormatException">It is no image reference.</exception>
    public static ImageReference Parse(string text) =>
        TryParse(text, out var reference) ? reference : throw new FormatException($"'{text}' is not an image name");

    /// <inheritdoc/>
    public override string ToString() => $"{Name}:{Tag}";

    [GeneratedRegex(@"\A(?:[a-zA-Z0-9.-]+(?::[0-9]+)?/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\A[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}\z", RegexOptions.CultureInvariant)]
    private static partial Regex TagPattern();
}

using System.Diagnostics.CodeAnalysis;

namespace MiniDock.Abstractions.Model;

/// <summary>A content digest, <c>sha256:</c> and 64 lower-case hexadecimal digits (OCI image spec, descriptor digests).</summary>
public readonly record struct Digest
{
    private const string Prefix = "sha256:";
    private readonly string? _hex;

    private Digest(string hex) => _hex = hex;

    /// <summary>The 64 digits without the algorithm.</summary>
    public string Hex => _hex ?? throw new InvalidOperationException("the digest was never set");

    /// <summary>The first twelve digits, as docker shows ids.</summary>
    public string Short => Hex[..12];

    /// <summary>Makes a digest of the 32 bytes of a SHA-256 hash.</summary>
    public static Digest FromHash(ReadOnlySpan<byte> sha256) =>
        sha256.Length == 32 ? new(Convert.ToHexStringLower(sha256)) : throw new ArgumentException("a SHA-256 hash has 32 bytes", nameof(sha256));

    /// <summary>Parses <c>sha256:…</c>, or the bare 64 digits.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Digest digest)
    {
        digest = default;
        if (text is null)
        {
            return false;
        }

        var hex = text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : text;
        if (hex.Length != 64 || hex.AsSpan().ContainsAnyExcept("0123456789abcdef"))
        {
            return false;
        }

        digest = new Digest(hex);
        return true;
    }

    /// <summary>Parses <c>sha256:…</c>, or the bare 64 digits.</summary>
    /// <exception cref="FormatException">It is no digest.</exception>
    public static Digest Parse(string text) => TryParse(text, out var digest) ? digest : throw new FormatException($"'{text}' is not a sha256 digest");

    /// <inheritdoc/>
    public override string ToString() => Prefix + Hex;
}

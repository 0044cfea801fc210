using System.Security.Cryptography;
using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Images.Store;

/// <summary>Digests of what is in memory.</summary>
internal static class ContentDigest
{
    public static Digest Of(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        return Digest.FromHash(hash);
    }
}

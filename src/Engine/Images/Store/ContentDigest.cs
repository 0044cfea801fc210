using MiniDock.Abstractions.Model;
using MiniDock.Engine.Checksums;

namespace MiniDock.Engine.Images.Store;

/// <summary>Digests of what is in memory.</summary>
internal static class ContentDigest
{
    public static Digest Of(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SmallSha256.HashBytes];
        SmallSha256.Hash(content, hash);
        return Digest.FromHash(hash);
    }
}

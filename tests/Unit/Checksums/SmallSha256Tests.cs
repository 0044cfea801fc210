using System.Security.Cryptography;
using MiniDock.Engine.Checksums;

namespace MiniDock.Tests.Unit.Checksums;

public sealed class SmallSha256Tests
{
    [Fact]
    public void Content_of_every_length_around_the_blocks_hashes_as_the_library_does_it()
    {
        var content = new byte[1000];
        new Random(1).NextBytes(content);
        Span<byte> hash = stackalloc byte[SmallSha256.HashBytes];
        for (var length = 0; length <= content.Length; length++)
        {
            SmallSha256.Hash(content.AsSpan(0, length), hash);
            Assert.Equal(Convert.ToHexString(SHA256.HashData(content.AsSpan(0, length))), Convert.ToHexString(hash));
        }
    }
}

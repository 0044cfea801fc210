using System.Diagnostics;
using System.IO.Compression;
using MiniDock.Engine.Images.Compression;
using MiniDock.Engine.Images.Tar;

namespace MiniDock.Tests.Unit.Images;

public sealed class DecoderTests
{
    private static readonly byte[] s_content = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7 / 3))];

    public static TheoryData<string> Packers => ["gzip", "xz", "zstd", "bzip2"];

    [Theory]
    [MemberData(nameof(Packers))]
    public void What_was_packed_comes_back(string packer) => Assert.Equal(s_content, Unpack(Pack(packer, s_content)));

    [Theory]
    [MemberData(nameof(Packers))]
    public void Members_one_after_the_other_are_one_archive(string packer)
    {
        byte[] packed = [.. Pack(packer, s_content), .. Pack(packer, []), .. Pack(packer, s_content[..1000])];
        byte[] expected = [.. s_content, .. s_content[..1000]];
        Assert.Equal(expected, Unpack(packed));
    }

    [Theory]
    [MemberData(nameof(Packers))]
    public void What_follows_the_last_member_is_refused(string packer)
    {
        byte[] packed = [.. Pack(packer, s_content), .. "garbage"u8];
        Assert.Throws<ArchiveException>(() => Unpack(packed));
        packed = [.. Pack(packer, s_content), 0x1f];
        Assert.Throws<ArchiveException>(() => Unpack(packed));
    }

    [Theory]
    [MemberData(nameof(Packers))]
    public void A_cut_archive_is_refused(string packer)
    {
        var packed = Pack(packer, s_content);
        foreach (var length in new[] { 7, packed.Length / 2, packed.Length - 9, packed.Length - 1 })
        {
            Assert.Contains("cut short", Assert.Throws<ArchiveException>(() => Unpack(packed[..length])).Message);
        }
    }

    [Theory]
    [MemberData(nameof(Packers))]
    public void A_flipped_bit_is_found(string packer)
    {
        var packed = Pack(packer, s_content);

        var found = 0;

        // Behind the header, whose name and time nothing protects.
        for (var at = 20; at < packed.Length; at += 1 + (packed.Length / 50))
        {
            var damaged = (byte[])packed.Clone();
            damaged[at] ^= 0x10;
            try
            {
                // Bits that carry nothing may change.
                Assert.Equal(s_content, Unpack(damaged));
            }
            catch (ArchiveException)
            {
                found++;
            }
        }

        Assert.True(found > 20);
    }

    [Fact]
    public void A_wrong_gzip_checksum_is_found()
    {
        var packed = Pack("gzip", s_content);
        packed[^5] ^= 1;
        Assert.Contains("damaged", Assert.Throws<ArchiveException>(() => Unpack(packed)).Message);
    }

    [Fact]
    public void What_is_not_packed_passes_through()
    {
        Assert.Equal(s_content, Unpack(s_content));
        Assert.Equal([1, 2], Unpack([1, 2]));
        Assert.Empty(Unpack([]));
    }

    private static byte[] Pack(string packer, byte[] content)
    {
        if (packer == "gzip")
        {
            var memory = new MemoryStream();
            using (var gzip = new GZipStream(memory, CompressionLevel.Fastest, leaveOpen: true))
            {
                gzip.Write(content);
            }

            // .NET writes nothing for nothing; gzip writes an empty member.
            return memory.Length > 0 ? memory.ToArray() : [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        }

        Assert.SkipUnless(File.Exists($"/usr/bin/{packer}") || File.Exists($"/bin/{packer}"), $"{packer} is not installed");
        using var process = Process.Start(new ProcessStartInfo(packer, packer == "zstd" ? ["-q", "-c", "--check"] : ["-c"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var output = new MemoryStream();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(output);
        process.StandardInput.BaseStream.Write(content);
        process.StandardInput.Close();
        reading.Wait();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output.ToArray();
    }

    private static byte[] Unpack(byte[] packed)
    {
        using var decoder = Decoders.Open(new MemoryStream(packed));
        var output = new MemoryStream();
        var buffer = new byte[10_000];
        for (int count; (count = decoder.Read(buffer)) > 0;)
        {
            output.Write(buffer, 0, count);
        }

        return output.ToArray();
    }
}

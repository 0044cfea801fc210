using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;
using MiniDock.Linux;
using MiniDock.Linux.Native;
using MiniDock.Linux.Netlink;
using MiniDock.Linux.Nftables;

namespace MiniDock.Tests.Unit.Linux;

public sealed class NetlinkBatchTests
{
    [Fact]
    public void Only_the_last_request_asks_for_an_acknowledgement()
    {
        var batch = new RouteBatch();
        batch.SetLink("lo", new LinkSettings { Up = true });
        batch.AddAddress(2, IPAddress.Parse("10.0.0.2"), 24);
        batch.AddRoute(null, 0, IPAddress.Parse("10.0.0.1"), 2);
        Assert.Equal([(16, 1u, false), (20, 2u, false), (24, 3u, true)], Messages(batch.Encode()));
    }

    [Fact]
    public void A_packet_filter_batch_is_bracketed_and_its_last_change_acknowledged()
    {
        var batch = new NftBatch();
        batch.AddTable(new NftTable(NftFamily.Inet, "t"));
        batch.FlushChain(new NftTable(NftFamily.Inet, "t"), "c");
        Assert.Equal([(16, 1u, false), (0xA00, 2u, false), (0xA08, 3u, true), (17, 4u, false)], Messages(batch.Encode()));
        Assert.Equal(batch.Encode().ToArray(), batch.Encode().ToArray());
        Assert.Throws<InvalidOperationException>(() => batch.AddTable(new NftTable(NftFamily.Inet, "late")));
    }

    [Fact]
    public void An_address_request_has_the_bytes_of_the_protocol()
    {
        var batch = new RouteBatch();
        batch.AddAddress(3, IPAddress.Parse("10.1.2.3"), 20);
        Assert.Equal(
            "30000000" + "1400" + "0506" + "01000000" + "00000000"
            + "02140000" + "03000000"
            + "08000200" + "0A010203"
            + "08000100" + "0A010203"
            + "08000400" + "0A010FFF",
            Convert.ToHexString(batch.Encode()));
    }

    [Fact]
    public void Attributes_are_padded_and_nested_lengths_cover_them()
    {
        var batch = new NetlinkBatch();
        batch.Begin(99, 0, "test", "");
        int outer = batch.BeginNested(1);
        batch.PutText(2, "abcd");
        batch.PutByte(3, 7);
        batch.EndNested(outer);
        Assert.Equal("1800" + "0180" + "09000200" + "6162636400000000" + "05000300" + "07000000", Convert.ToHexString(batch.Encode()[16..]));
    }

    [Fact]
    public void Attributes_that_lie_about_their_length_end_the_walk()
    {
        byte[] lies = [8, 0, 1, 0, 1, 2, 3, 4, 200, 0, 2, 0, 9];
        var attributes = new NetlinkAttributes(lies);
        Assert.True(attributes.Next());
        Assert.Equal((1, 0x04030201u), (attributes.Type, attributes.UInt32));
        Assert.False(attributes.Next());
        Assert.False(new NetlinkAttributes([3, 0, 1, 0]).Next());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_kernels_explanation_is_found_behind_a_capped_or_a_whole_request(bool capped)
    {
        var batch = new RouteBatch();
        batch.DeleteLink("x");
        var header = new NlMsgHdr { Type = 2, Sequence = 1, Flags = (ushort)(0x200 | (capped ? 0x100 : 0)) };
        byte[] request = capped ? batch.Encode()[..16].ToArray() : batch.Encode().ToArray();
        byte[] code = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(code, -(int)Errno.EBUSY);
        byte[] explanation = [10, 0, 1, 0, .. "Nope.\0"u8, 0, 0];
        LinuxException e = NetlinkSocket.ToException(header, [.. code, .. request, .. explanation], batch)!;
        Assert.Equal("delete link x: EBUSY (device or resource busy) [Nope]", e.Message);
    }

    [Fact]
    public void A_tolerated_error_and_an_acknowledgement_are_no_failures()
    {
        var batch = new RouteBatch();
        batch.DeleteLink("x", toleratesMissing: true);
        var header = new NlMsgHdr { Type = 2, Sequence = 1 };
        Assert.Null(NetlinkSocket.ToException(header, new byte[20], batch));
        byte[] missing = new byte[20];
        BinaryPrimitives.WriteInt32LittleEndian(missing, -(int)Errno.ENODEV);
        Assert.Null(NetlinkSocket.ToException(header, missing, batch));
    }

    [Fact]
    public void A_link_is_not_renamed_by_name() =>
        Assert.Throws<ArgumentException>(() => new RouteBatch().SetLink("a", new LinkSettings { NewName = "b" }));

    [Theory]
    [InlineData("02:42:ac:11:00:02", true)]
    [InlineData("02:42:AC:11:00:02", true)]
    [InlineData("02:42:ac:11:00", false)]
    [InlineData("02-42-ac-11-00-02", false)]
    [InlineData("02:42:ac:11:00:0g", false)]
    [InlineData("", false)]
    public void Ethernet_addresses_are_read_and_written(string text, bool valid)
    {
        Assert.Equal(valid, MacAddress.TryParse(text, out MacAddress address));
        Assert.True(!valid || address.ToString() == text.ToLowerInvariant());
    }

    [Fact]
    public void A_group_address_is_not_an_interfaces_own()
    {
        Assert.True(MacAddress.TryParse("01:00:5e:00:00:01", out MacAddress group));
        Assert.False(group.IsUnicast);
        Assert.False(default(MacAddress).IsUnicast);
    }

    [Fact]
    public void Fields_of_a_concatenated_key_fill_registers_and_a_single_field_does_not()
    {
        Assert.Equal("06000000" + "1F900000", Convert.ToHexString(new NftValue().Protocol(6).Port(8080).Bytes));
        Assert.Equal("1F90", Convert.ToHexString(new NftValue().Port(8080).Bytes));
    }

    private static List<(int Type, uint Sequence, bool Acknowledged)> Messages(ReadOnlySpan<byte> bytes)
    {
        var messages = new List<(int, uint, bool)>();
        while (!bytes.IsEmpty)
        {
            var header = MemoryMarshal.Read<NlMsgHdr>(bytes);
            messages.Add((header.Type, header.Sequence, (header.Flags & 4) != 0));
            bytes = bytes[(int)header.Length..];
        }

        return messages;
    }
}

using System.Text.Json;
using MiniDock.Engine.Containers.Store;

namespace MiniDock.Tests.Unit.Containers;

public sealed class CheckedJsonTests
{
    private static readonly byte[] Sealed = CheckedJson.Seal("""{"name":"zion","count":17}"""u8);

    [Fact]
    public void A_sealed_object_is_json_with_all_its_members()
    {
        using var json = JsonDocument.Parse(Sealed);
        Assert.Equal("zion", json.RootElement.GetProperty("name").GetString());
        Assert.Equal(17, json.RootElement.GetProperty("count").GetInt32());
        Assert.True(CheckedJson.IsWhole(Sealed));
    }

    [Fact]
    public void Every_bit_that_flips_is_noticed()
    {
        for (var bit = 0; bit < Sealed.Length * 8; bit++)
        {
            var flipped = Sealed.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(CheckedJson.IsWhole(flipped), $"bit {bit}");
        }
    }

    [Fact]
    public void Every_end_that_is_cut_off_is_noticed()
    {
        for (var length = 0; length < Sealed.Length; length++)
        {
            Assert.False(CheckedJson.IsWhole(Sealed.AsSpan(0, length)), $"{length} bytes");
        }
    }
}

using MiniDock.Abstractions.Model;
using MiniDock.Plugins.Cgroups;
using MiniDock.Plugins.Cgroups.Systemd;

namespace MiniDock.Tests.Unit.Cgroups;

/// <summary>Scopes of systemd: what is said on the bus, and where they lie.</summary>
public sealed class SystemdTests
{
    [Fact]
    public void A_call_is_marshalled_as_the_specification_has_it()
    {
        var body = new BusWriter().Text("u").Text("fail").Written;
        var message = BusMessage.Call(7, "d", "/p", "i", "M", "ss", body);

        Assert.Equal(
            "6C01000111000000070000004800000001016F00020000002F700000000000000201730001000000690000000000000003017300"
            + "010000004D000000000000000601730001000000640000000000000008016700027373000100000075000000040000006661696C00",
            Convert.ToHexString(message));
        Assert.Equal(message.Length, BusMessage.LengthOf(message));
    }

    [Fact]
    public void Properties_of_every_type_are_marshalled()
    {
        var writer = new BusWriter();
        UnitProperty.Write(writer, UnitProperty.Decode("B b true\nT t 258\nY ay 0103\nD a(st) /d 1"));

        Assert.Equal(
            "6800000000000000" + "01000000420001620000000001000000" + "0100000054000174" + "0000000000000000" + "0201000000000000"
            + "010000005900026179000000020000000103000000000000" + "010000004400056128737429000000001000000000000000" + "020000002F640000" + "0100000000000000",
            Convert.ToHexString(writer.Written));
    }

    [Fact]
    public void An_error_is_read_with_its_name_and_text()
    {
        var fields = new BusWriter();
        fields.Byte((byte)'l').Byte(3).Byte(1).Byte(1).UInt32(7).UInt32(9);
        fields.Array(8, (string[])["reply", "error", "signature"], static (w, what) => _ = what switch
        {
            "reply" => w.Byte(5).Signature("u").UInt32(4),
            "error" => w.Byte(4).Signature("s").Text("a.b.NoSuchUnit"),
            _ => w.Byte(8).Signature("g").Signature("s"),
        });
        var bytes = fields.Align(8).Text("no").Written.ToArray();

        Assert.Equal(bytes.Length, BusMessage.LengthOf(bytes));
        Assert.Equal(new BusMessage(3, 4, "a.b.NoSuchUnit", "no"), BusMessage.Parse(bytes));
        Assert.Null(BusMessage.LengthOf("HTTP/1.1 400 Bad"u8));
    }

    [Fact]
    public void Limits_are_properties_where_systemd_has_them() =>
        Assert.Equal(
            [
                "MemoryMax t 5", "MemorySwapMax t 18446744073709551615", "TasksMax t 33", "CPUQuotaPerSecUSec t 500000", "CPUQuotaPeriodUSec t 100000", "CPUWeight t 59",
                "AllowedCPUs ay 0501", "IOReadBandwidthMax a(st) /dev/block/8:0 7",
            ],
            UnitProperty.Encode(LimitProperties.Of(
            [
                new("memory.max", "5"), new("memory.swap.max", "max"), new("pids.max", "33"), new("cpu.max", "50000 100000"), new("cpu.weight", "59"),
                new("cpuset.cpus", "0,2,8"), new("io.max", "8:0 rbps=7"), new("cpu.max.burst", "1"),
            ])).Split('\n'));

    [Theory]
    [InlineData(null, "minidock.slice/minidock-ID.slice")]
    [InlineData("a-b-c.slice", "a.slice/a-b.slice/a-b-c.slice/a-b-c-ID.slice")]
    public void A_scope_lies_in_its_slice(string? parent, string path)
    {
        var request = Requests.Of(Requests.V2, change: s => s with { CgroupParent = parent });

        Assert.Equal($"{path}/minidock-ID.scope".Replace("ID", request.Spec.Id.Value, StringComparison.Ordinal), new SystemdCgroupProvider().PathOf(request));
    }

    [Theory]
    [InlineData("cogsi")]
    [InlineData("a/b.slice")]
    [InlineData("-a.slice")]
    [InlineData("a--b.slice")]
    [InlineData(".slice")]
    public void A_parent_that_is_no_slice_is_refused(string parent) => Assert.NotNull(SlicePath.Validate(parent));

    [Fact]
    public void A_host_that_systemd_does_not_run_is_told_so() =>
        Assert.Contains("not on cgroup version 2", Assert.Single(new SystemdCgroupProvider().Validate(Requests.Of(Requests.V1("memory")))).Message);
}

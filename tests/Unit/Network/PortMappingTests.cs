using MiniDock.Abstractions.Model;

namespace MiniDock.Tests.Unit.Network;

public sealed class PortMappingTests
{
    [Theory]
    [InlineData("0.0.0.0:8080:80/tcp", "0.0.0.0", 8080, 80, "tcp")]
    [InlineData("[::1]:53:5353/udp", "::1", 53, 5353, "udp")]
    public void A_receipts_form_is_read(string text, string address, int host, int container, string protocol) =>
        Assert.Equal(new PortMapping(address, (ushort)host, (ushort)container, protocol), PortMapping.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("80/tcp")]
    [InlineData("8080:80/tcp")]
    [InlineData("0.0.0.0:8080:80")]
    [InlineData("0.0.0.0:x:80/tcp")]
    [InlineData("0.0.0.0:65536:80/tcp")]
    public void Another_form_is_refused(string text) => Assert.Throws<FormatException>(() => PortMapping.Parse(text));
}

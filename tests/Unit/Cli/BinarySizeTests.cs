using MiniDock.Cli.Output;

namespace MiniDock.Tests.Unit.Cli;

public sealed class BinarySizeTests
{
    [Theory]
    [InlineData(0, "0B")]
    [InlineData(1023, "1023B")]
    [InlineData(1024, "1KiB")]
    [InlineData(1_420_288, "1.354MiB")]
    [InlineData(104_857_600, "100MiB")]
    [InlineData(25_276_000_000, "23.54GiB")]
    public void A_size_has_four_digits_as_dockers(long bytes, string text) => Assert.Equal(text, BinarySize.Of(bytes));
}

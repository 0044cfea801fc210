using MiniDock.Linux;

namespace MiniDock.Tests.Abi;

/// <summary>Every structure and constant that we hand to the kernel is what the headers say.</summary>
public sealed class AbiTests(Headers headers) : IClassFixture<Headers>
{
    public static TheoryData<string> ConstantTypes => new(Tables.Constants.Select(table => table.ToString()));

    public static TheoryData<string> StructureTypes => new(Tables.Structures.Select(table => table.ToString()));

    [Theory]
    [MemberData(nameof(ConstantTypes))]
    public void Constants_equal_those_of_the_headers(string type) =>
        Assert.Empty(Tables.Constants.Single(table => table.ToString() == type).DifferencesTo(headers));

    [Theory]
    [MemberData(nameof(ConstantTypes))]
    public void Every_constant_is_compared(string type) =>
        Assert.Empty(Tables.Constants.Single(table => table.ToString() == type).Unmapped);

    [Theory]
    [MemberData(nameof(StructureTypes))]
    public void Structures_have_the_layout_of_the_headers(string type) =>
        Assert.Empty(Tables.Structures.Single(table => table.ToString() == type).DifferencesTo(headers));

    public static TheoryData<string, uint, uint> DeviceNumbers =>
    [
        ("makedev(7, 3)", 7, 3),
        ("makedev(259, 70000)", 259, 70000),
        ("makedev(5000, 255)", 5000, 255),
    ];

    [Theory]
    [MemberData(nameof(DeviceNumbers))]
    public void Device_numbers_are_encoded_as_glibc_does(string expression, uint major, uint minor) =>
        Assert.Equal(headers[expression], (long)new DeviceNumber(major, minor).Encoded);
}

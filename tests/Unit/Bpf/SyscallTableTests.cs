using MiniDock.Linux.Bpf;

namespace MiniDock.Tests.Unit.Bpf;

public sealed class SyscallTableTests
{
    [Theory]
    [InlineData("read", 0u, 3u, 0x40000000u)]
    [InlineData("clone3", 435u, 435u, 0x40000000u + 435)]
    [InlineData("rt_sigaction", 13u, 174u, 0x40000000u + 512)]
    [InlineData("socket", 41u, 359u, 0x40000000u + 41)]
    public void A_call_has_a_number_in_each_interface(string name, uint x64, uint x86, uint x32)
    {
        Assert.Equal(x64, SyscallTable.X64.NumberOf(name));
        Assert.Equal(x86, SyscallTable.X86.NumberOf(name));
        Assert.Equal(x32, SyscallTable.X32.NumberOf(name));
    }

    [Fact]
    public void A_call_that_an_interface_lacks_has_no_number()
    {
        Assert.Null(SyscallTable.X64.NumberOf("socketcall"));
        Assert.Null(SyscallTable.X86.NumberOf("arch"));
    }
}

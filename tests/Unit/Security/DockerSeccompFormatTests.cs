using MiniDock.Abstractions;
using MiniDock.Engine.Run.Security;
using MiniDock.Linux;
using MiniDock.Linux.Bpf;
using MiniDock.Tests.Unit.Bpf;

namespace MiniDock.Tests.Unit.Security;

public sealed class DockerSeccompFormatTests
{
    private static readonly Version Kernel = new(6, 18);

    [Fact]
    public void Names_actions_and_arguments_are_read()
    {
        var filter = Parse("""
            { "defaultAction": "SCMP_ACT_ALLOW",
              "syscalls": [
                { "names": ["mkdir", "mkdirat"], "action": "SCMP_ACT_ERRNO", "errnoRet": 13 },
                { "name": "kill", "action": "SCMP_ACT_ERRNO", "args": [ { "index": 1, "value": 9, "op": "SCMP_CMP_EQ" } ] },
                { "names": ["no_such_call"], "action": "SCMP_ACT_KILL" } ] }
            """);
        Assert.Equal(SeccompAction.Allow, Decide(filter, "read"));
        Assert.Equal(SeccompAction.Fail(Errno.EACCES), Decide(filter, "mkdirat"));
        Assert.Equal(SeccompAction.Fail(Errno.EPERM), Decide(filter, "kill", 1, 9));
        Assert.Equal(SeccompAction.Allow, Decide(filter, "kill", 1, 15));
    }

    [Theory]
    [InlineData("""{ "caps": ["CAP_SYS_ADMIN"] }""", "{}", false)]
    [InlineData("""{ "caps": ["CAP_CHOWN"] }""", "{}", true)]
    [InlineData("{}", """{ "caps": ["CAP_CHOWN", "CAP_SYS_ADMIN"] }""", false)]
    [InlineData("""{ "arches": ["amd64", "x86"] }""", "{}", true)]
    [InlineData("""{ "arches": ["arm64"] }""", "{}", false)]
    [InlineData("{}", """{ "arches": ["s390x"] }""", true)]
    [InlineData("""{ "minKernel": "4.8" }""", "{}", true)]
    [InlineData("""{ "minKernel": "9.0" }""", "{}", false)]
    [InlineData("null", "null", true)]
    public void Rows_depend_on_capabilities_architecture_and_kernel(string includes, string excludes, bool allowed)
    {
        var filter = Parse($$"""{ "defaultAction": "SCMP_ACT_ERRNO", "syscalls": [ { "names": ["ptrace"], "action": "SCMP_ACT_ALLOW", "includes": {{includes}}, "excludes": {{excludes}} } ] }""");
        Assert.Equal(allowed, Decide(filter, "ptrace") == SeccompAction.Allow);
    }

    [Fact]
    public void Only_the_interfaces_of_the_profile_can_be_used()
    {
        var filter = Parse("""{ "defaultAction": "SCMP_ACT_ALLOW", "archMap": [ { "architecture": "SCMP_ARCH_X86_64", "subArchitectures": ["SCMP_ARCH_X86"] } ] }""");
        Assert.Equal(SeccompAction.Allow.Value, ClassicBpfMachine.Run(filter, 1, SyscallTable.X86.AuditArchitecture));
        Assert.Equal(SeccompAction.KillProcess.Value, ClassicBpfMachine.Run(filter, 1 | SyscallTable.X32Bit, SyscallTable.X64.AuditArchitecture));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{ "defaultAction": "SCMP_ACT_MAYBE" }""")]
    [InlineData("""{ "defaultAction": "SCMP_ACT_ALLOW", "syscalls": [ { "names": ["kill"], "action": "SCMP_ACT_ERRNO", "args": [ { "index": 9, "value": 1, "op": "SCMP_CMP_EQ" } ] } ] }""")]
    [InlineData("""{ "defaultAction": "SCMP_ACT_ALLOW", "syscalls": [ { "names": [7], "action": "SCMP_ACT_ERRNO" } ] }""")]
    public void What_is_no_profile_is_refused(string json) =>
        Assert.StartsWith("seccomp profile: ", Assert.Throws<EngineException>(() => Parse(json)).Message, StringComparison.Ordinal);

    private static ulong[] Parse(string json) => DockerSeccompFormat.Parse(json, CapabilitySets.Default, Kernel).Compile().Instructions;

    private static SeccompAction Decide(ulong[] filter, string name, params ReadOnlySpan<ulong> arguments) =>
        new(ClassicBpfMachine.Run(filter, SyscallTable.X64.NumberOf(name)!.Value, SyscallTable.X64.AuditArchitecture, arguments));
}

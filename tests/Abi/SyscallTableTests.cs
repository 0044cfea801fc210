using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using MiniDock.Linux.Bpf;

namespace MiniDock.Tests.Abi;

/// <summary>The tables of eng/syscall-tables have every call of the headers, under its number.</summary>
public sealed partial class SyscallTableTests
{
    public static TheoryData<string> Tables => ["unistd_64.h", "unistd_32.h", "unistd_x32.h"];

    [Theory]
    [MemberData(nameof(Tables))]
    public void Numbers_equal_those_of_the_headers(string header)
    {
        SyscallTable table = header switch { "unistd_64.h" => SyscallTable.X64, "unistd_32.h" => SyscallTable.X86, _ => SyscallTable.X32 };
        var defined = Definition().Matches(Macros(header))
            .Select(match => (Name: match.Groups["name"].Value, Number: uint.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) | table.Bit))
            .ToList();
        Assert.True(defined.Count > 300, $"{defined.Count} calls in {header}");
        Assert.DoesNotContain(defined, call => table.NumberOf(call.Name) != call.Number);
    }

    private static string Macros(string header)
    {
        var start = new ProcessStartInfo("gcc", ["-E", "-dM", "-include", $"asm/{header}", "-x", "c", "/dev/null"]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    [GeneratedRegex(@"^#define __NR_(?<name>\w+) (?:\(__X32_SYSCALL_BIT \+ )?(?<number>\d+)\)?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Definition();
}

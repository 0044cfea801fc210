using System.Diagnostics;
using System.Globalization;

namespace MiniDock.Tests.Abi;

/// <summary>A C program that prints what the kernel's and glibc's headers say.</summary>
internal static class CProgram
{
    /// <summary>Evaluates integer expressions; one that names a macro in <paramref name="mayBeMissing"/> is left out where the headers lack it.</summary>
    public static Dictionary<string, long> Evaluate(string includes, IEnumerable<string> expressions, IReadOnlySet<string> mayBeMissing)
    {
        string directory = Directory.CreateTempSubdirectory("minidock-abi-").FullName;
        try
        {
            string source = Path.Combine(directory, "probe.c");
            string program = Path.Combine(directory, "probe");
            File.WriteAllText(source, Source(includes, expressions.Distinct(), mayBeMissing));
            Run("gcc", "-w", "-O0", "-o", program, source);
            return Run(program).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split('\t'))
                .ToDictionary(fields => fields[1], fields => long.Parse(fields[0], CultureInfo.InvariantCulture));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static string Source(string includes, IEnumerable<string> expressions, IReadOnlySet<string> mayBeMissing)
    {
        var text = new System.Text.StringBuilder("#define _GNU_SOURCE\n").AppendLine(includes).AppendLine("int main(void) {");
        foreach (string expression in expressions)
        {
            string print = $"printf(\"%lld\\t%s\\n\", (long long)({expression}), \"{expression}\");";
            text.AppendLine(mayBeMissing.Contains(expression) ? $"#ifdef {expression}\n{print}\n#endif" : print);
        }

        return text.AppendLine("return 0; }").ToString();
    }

    private static string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} failed:\n{errors.Result}");
        return output;
    }
}

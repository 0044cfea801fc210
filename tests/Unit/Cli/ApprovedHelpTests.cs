using MiniDock.Tests.Unit.Style;

namespace MiniDock.Tests.Unit.Cli;

/// <summary>Help texts as they were approved, in tests/Unit/Cli/Approved: a change shows in review. MINIDOCK_APPROVE=1 writes them anew.</summary>
public sealed class ApprovedHelpTests
{
    [Theory]
    [InlineData("run")]
    [InlineData("ps")]
    [InlineData("rm")]
    [InlineData("inspect")]
    [InlineData("system prune")]
    public void Help_is_the_approved_text(string verb)
    {
        var path = Repository.PathOf($"tests/Unit/Cli/Approved/{verb.Replace(' ', '-')}.txt");
        var text = Invocation.Of([.. verb.Split(' '), "--help"]).Out;
        if (Environment.GetEnvironmentVariable("MINIDOCK_APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        Assert.Equal(File.ReadAllText(path), text);
    }
}

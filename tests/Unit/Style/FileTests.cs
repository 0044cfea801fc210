using System.Text.RegularExpressions;

namespace MiniDock.Tests.Unit.Style;

public sealed partial class FileTests
{
    private const int LongestFile = 500;

    private static IEnumerable<SourceFile> All => [.. SourceFile.Under("src"), .. SourceFile.Under("tests")];

    [Fact]
    public void The_files_are_found() => Assert.True(All.Count() > 50);

    [Fact]
    public void No_file_is_longer_than_five_hundred_lines() =>
        Assert.Empty(All.Where(file => file.Lines.Length > LongestFile).Select(file => $"{file.Path}: {file.Lines.Length} lines"));

    [Fact]
    public void No_file_is_a_box_for_anything() =>
        Assert.Empty(All.Where(file => VagueName().IsMatch(file.Name)).Select(file => file.Path));

    [Fact]
    public void A_file_has_one_public_type_and_is_named_like_it() =>
        Assert.Empty(
            from file in SourceFile.Under("src")
            let types = PublicType().Matches(file.Text).Select(match => match.Groups["name"].Value).Distinct().ToList()
            where types.Count > 1 || (types.Count == 1 && types[0] != file.Name.Split('.')[0])
            select $"{file.Path}: {string.Join(", ", types)}");

    [Fact]
    public void Every_namespace_is_the_folder_below_its_project() =>
        Assert.Empty(
            from file in SourceFile.Under("src")
            let match = FileNamespace().Match(file.Text)
            where match.Success && match.Groups["name"].Value != NamespaceOf(Path.GetDirectoryName(file.Path)!)
            select $"{file.Path}: {match.Groups["name"].Value}");

    // Syscalls is the surface of its project: whoever uses MiniDock.Linux means it.
    private static string NamespaceOf(string directory) =>
        directory == "src/Linux/Syscalls" ? "MiniDock.Linux" : $"MiniDock.{directory[4..].Replace('/', '.')}";

    [GeneratedRegex("(Utils?|Utilities|Helpers?|Managers?|Misc|Common)$")]
    private static partial Regex VagueName();

    [GeneratedRegex(
        @"^public (?:[a-z]+ )*?(?:class|record struct|record|struct|interface|enum|delegate [\w<>?\[\]]+) (?<name>\w+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex FileNamespace();
}

using System.Xml.Linq;

namespace MiniDock.Tests.Unit.Style;

public sealed class DependencyTests
{
    private static readonly string[] ContractsAndKernel = ["Abstractions", "Linux"];

    public static TheoryData<string> Projects => new(
        Directory.EnumerateDirectories(Repository.PathOf("src")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_only_to_what_the_architecture_allows(string project)
    {
        string[]? allowed = project switch
        {
            "Abstractions" or "Linux" => [],
            "Plugins.Sdk" => ["Abstractions"],
            "Engine" => ContractsAndKernel,
            "Cli" => null,
            "Embedding" => [.. ContractsAndKernel, "Engine", "Plugins.Storage", "Plugins.Network", "Plugins.Cgroups"],
            _ when project.StartsWith("Plugins.", StringComparison.Ordinal) => ContractsAndKernel,
            _ => throw new InvalidOperationException($"src/{project} is new: say here and in docs/architecture.md what it may refer to"),
        };
        if (allowed is not null)
        {
            Assert.Empty(ReferencesOf(project).Except(allowed));
        }
    }

    [Theory]
    [InlineData("src/Abstractions")]
    [InlineData("src/Engine")]
    [InlineData("src/Plugins.Storage")]
    [InlineData("src/Plugins.Network")]
    [InlineData("src/Plugins.Cgroups")]
    [InlineData("src/Cli")]
    [InlineData("src/Embedding")]
    public void Only_the_Linux_project_calls_native_code(string directory)
    {
        string[] native = ["LibraryImport", "DllImport", "NativeLibrary.", "delegate* unmanaged"];
        Assert.Empty(SourceFile.Under(directory).Where(file => native.Any(file.Text.Contains)).Select(file => file.Path));
    }

    [Fact]
    public void Abstractions_do_no_input_or_output()
    {
        string[] io = [" File.", " Directory.", "(File.", "(Directory.", "FileStream", "Socket", "Console.", "Process."];
        Assert.Empty(SourceFile.Under("src/Abstractions").Where(file => io.Any(file.Text.Contains)).Select(file => file.Path));
    }

    private static IEnumerable<string> ReferencesOf(string project) =>
        XDocument.Load(Repository.PathOf($"src/{project}/{project}.csproj")).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));
}

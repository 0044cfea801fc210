using System.Reflection;
using System.Xml.Linq;
using MiniDock.Embedding;
using MiniDock.Tests.Unit.Style;

namespace MiniDock.Tests.Unit.Embedding;

/// <summary>What other people's programs are built against does not change by accident. After a wanted change: MINIDOCK_WRITE_GOLDEN=1.</summary>
public sealed class PublicApiTests
{
    public static TheoryData<string> Assemblies => ["MiniDock.Abstractions", "MiniDock.Embedding"];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void The_public_members_are_those_of_the_golden_file(string name)
    {
        var golden = Repository.PathOf($"tests/Unit/Embedding/{name}.api.txt");
        var now = PublicApi.Of(Assembly.Load(name));
        if (Environment.GetEnvironmentVariable("MINIDOCK_WRITE_GOLDEN") is not null)
        {
            File.WriteAllText(golden, now);
        }

        Assert.Equal(File.ReadAllLines(golden), now.TrimEnd().Split('\n'));
    }

    [Fact]
    public void Every_public_member_of_the_embedding_library_says_what_it_is()
    {
        var documented = XDocument.Load(Path.ChangeExtension(typeof(MiniDockEngine).Assembly.Location, "xml")).Descendants("member")
            .Where(member => member.Element("summary") is not null || member.Element("inheritdoc") is not null)
            .Select(member => member.Attribute("name")!.Value)
            .ToHashSet();
        var missing = typeof(MiniDockEngine).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly).Select(p => $"P:{type.FullName}.{p.Name}").Prepend($"T:{type.FullName}"))
            .Where(member => !documented.Contains(member) && !member.EndsWith(".EqualityContract", StringComparison.Ordinal));
        Assert.Empty(missing);
    }
}

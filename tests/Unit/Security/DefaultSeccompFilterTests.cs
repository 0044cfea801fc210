using System.Globalization;
using MiniDock.Engine.Run.Security;
using MiniDock.Linux;

namespace MiniDock.Tests.Unit.Security;

/// <summary>The filter that is compiled beforehand is the one that the compiler makes now. With MINIDOCK_UPDATE_GOLDEN=1 it is written anew.</summary>
public sealed class DefaultSeccompFilterTests
{
    private static readonly string Path = Repository.PathOf("src/Engine/Run/Security/DefaultSeccompFilter.cs");

    [Fact]
    public void The_stored_filter_is_what_the_compiler_makes()
    {
        var compiled = DefaultSeccompProfile.For(CapabilitySets.Default).Compile().Instructions;
        if (Environment.GetEnvironmentVariable("MINIDOCK_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(Path, Source(compiled));
            Assert.Skip("the filter was written: build again");
        }

        Assert.Equal(compiled, DefaultSeccompFilter.Instructions.ToArray());
    }

    [Fact]
    public void Every_capability_that_changes_the_profile_is_counted_as_relevant()
    {
        var compiled = DefaultSeccompProfile.For(CapabilitySets.Default).Compile().Instructions;
        for (var n = 0; n < Capabilities.Count; n++)
        {
            var set = CapabilitySets.Default ^ (1UL << n);
            Assert.Equal(SeccompFilters.IsDefault(set), DefaultSeccompProfile.For(set).Compile().Instructions.SequenceEqual(compiled));
        }
    }

    private static string Source(ulong[] instructions)
    {
        var lines = instructions.Chunk(6).Select(chunk => "        " + string.Join(", ", chunk.Select(i => "0x" + i.ToString("x16", CultureInfo.InvariantCulture))) + ",");
        return $$"""
            namespace MiniDock.Engine.Run.Security;

            /// <summary>
            /// <see cref="DefaultSeccompProfile"/> of the default capabilities, compiled. A unit test compares it with the compiler's
            /// result, and writes it anew when told to.
            /// </summary>
            internal static class DefaultSeccompFilter
            {
                public static ReadOnlySpan<ulong> Instructions =>
                [
            {{string.Join('\n', lines)}}
                ];
            }

            """;
    }
}

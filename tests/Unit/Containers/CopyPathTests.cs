using MiniDock.Engine.Containers.Copying;

namespace MiniDock.Tests.Unit.Containers;

public sealed class CopyPathTests
{
    [Theory]
    [InlineData("f", "/here/f", "f", false, false)]
    [InlineData("a/../f", "/here/f", "f", false, false)]
    [InlineData("/a/b/", "/a/b", "b", true, false)]
    [InlineData("/a/b/.", "/a/b", "b", true, true)]
    [InlineData(".", "/here", "here", true, true)]
    [InlineData("/", "/", "", true, true)]
    [InlineData("../../../..", "/", "", false, true)]
    [InlineData("a/..", "/here", "here", false, false)]
    [InlineData("./x.", "/here/x.", "x.", false, false)]
    public void The_end_of_a_path_says_what_is_meant(string text, string path, string name, bool assertsDirectory, bool meansContents)
    {
        var read = CopyPath.Parse(text, "/here");
        Assert.Equal((path, name, assertsDirectory, meansContents), (read.Path, read.Name, read.AssertsDirectory, read.MeansContents));
    }
}

using MiniDock.Engine.Run.Child;

namespace MiniDock.Tests.Unit.Child;

public sealed class ProcessEncoderTests
{
    [Theory]
    [InlineData("ls", "PATH=/bin:/usr/bin", "/bin/ls /usr/bin/ls")]
    [InlineData("ls", "PATH=/bin/:", "/bin/ls ./ls")]
    [InlineData("/bin/ls", "PATH=/usr/bin", "/bin/ls")]
    [InlineData("./ls", "PATH=/usr/bin", "./ls")]
    [InlineData("ls", "X=1", "/usr/local/sbin/ls /usr/local/bin/ls /usr/sbin/ls /usr/bin/ls /sbin/ls /bin/ls")]
    [InlineData("", "PATH=/bin", "")]
    public void A_program_is_looked_for_as_execvp_does(string program, string variable, string candidates) =>
        Assert.Equal(candidates, string.Join(' ', ProcessEncoder.Candidates(program, [variable])));
}

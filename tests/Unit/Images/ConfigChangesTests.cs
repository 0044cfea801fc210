using MiniDock.Abstractions;
using MiniDock.Engine.Images;
using MiniDock.Engine.Images.Import;
using MiniDock.Engine.Images.Store;

namespace MiniDock.Tests.Unit.Images;

public sealed class ConfigChangesTests
{
    [Fact]
    public void Instructions_change_the_config_as_in_a_Dockerfile()
    {
        var config = ConfigChanges.Apply(new ImageRunConfig(),
        [
            "CMD [\"sh\", \"-c\", \"echo hi\"]",
            "entrypoint /init --flag",
            "ENV A=1 B=\"two words\" C=three\\ words",
            "ENV A over again",
            "EXPOSE 80 53/udp 80/tcp",
            "LABEL com.example=yes \"quoted key\"=1",
            "USER 1000:1000",
            "VOLUME [\"/data\"]",
            "VOLUME /logs /tmp",
            "WORKDIR /srv",
            "WORKDIR app",
            "STOPSIGNAL SIGQUIT",
            "HEALTHCHECK --interval=1m30s --retries=2 CMD wget -q localhost",
        ]);
        Assert.Equal(["sh", "-c", "echo hi"], config.Command!);
        Assert.Equal(["/bin/sh", "-c", "/init --flag"], config.Entrypoint!);
        Assert.Equal(["B=two words", "C=three words", "A=over again"], config.Environment);
        Assert.Equal(["80/tcp", "53/udp"], config.ExposedPorts);
        Assert.Equal("1", config.Labels["quoted key"]);
        Assert.Equal("1000:1000", config.User);
        Assert.Equal(["/data", "/logs", "/tmp"], config.Volumes);
        Assert.Equal("/srv/app", config.WorkingDirectory);
        Assert.Equal("SIGQUIT", config.StopSignal);
        Assert.Equal(["CMD-SHELL", "wget -q localhost"], config.Healthcheck!.Test);
        Assert.Equal(90_000_000_000, config.Healthcheck.IntervalNanoseconds);
    }

    [Theory]
    [InlineData("RUN make")]
    [InlineData("FROM scratch")]
    [InlineData("CMD")]
    [InlineData("EXPOSE http")]
    [InlineData("EXPOSE 99999")]
    [InlineData("ENV LONELY")]
    [InlineData("HEALTHCHECK sometimes")]
    public void What_cannot_be_applied_is_refused(string change) =>
        Assert.Throws<EngineException>(() => ConfigChanges.Apply(new ImageRunConfig(), [change]));

    [Fact]
    public void A_config_reads_back_as_it_was_written()
    {
        var config = new ImageConfig
        {
            Created = new DateTimeOffset(2024, 2, 29, 12, 0, 0, TimeSpan.Zero).AddTicks(1234567),
            RunConfig = ConfigChanges.Apply(new ImageRunConfig(), ["CMD []", "ENV A=\u00e4\\\"b", "LABEL l=v", "EXPOSE 1", "HEALTHCHECK NONE"]),
            History = [new ImageHistory { Comment = "c", IsEmptyLayer = true }],
        };
        var json = ImageConfigWriter.Write(config);
        var read = ImageConfigReader.Read(json);
        Assert.Equal(json, ImageConfigWriter.Write(read));
        Assert.Equal(config.Created, read.Created);
        Assert.Empty(read.RunConfig.Command!);
        Assert.Null(read.RunConfig.Entrypoint);
        Assert.Equal(["A=\u00e4\"b"], read.RunConfig.Environment);
    }
}

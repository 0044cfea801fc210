namespace MiniDock.Tests.Integration.Harness;

/// <summary>
/// Base of test classes that run containers. Takes a snapshot of the host before each test and fails the test if the host does
/// not come back to it. Some things go only when the kernel gets to it (a veth pair, a process that dies): those get a while.
/// </summary>
public abstract class LeakChecked : IClassFixture<MinidockFixture>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly MinidockFixture _fixture;
    private readonly HostSnapshot _before;

    /// <summary>Called by the test runner before each test.</summary>
    protected LeakChecked(MinidockFixture fixture)
    {
        _fixture = fixture;
        _before = HostSnapshot.Take(fixture.Directory);
    }

    /// <summary>The engine under test, which holds the image <c>busybox</c>.</summary>
    protected Minidock Engine => _fixture.Engine;

    /// <summary>A directory for files of the test.</summary>
    protected string Scratch => _fixture.Scratch;

    /// <inheritdoc/>
    public void Dispose()
    {
        TearDown();
        var difference = "";
        if (!Eventually.Holds(() => (difference = _before.DifferenceTo(Snapshot())).Length == 0, Patience))
        {
            _fixture.RemoveLeftovers();
            Assert.Fail($"the host is not as it was before the test:\n{difference}");
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Looks at the host.</summary>
    protected HostSnapshot Snapshot() => HostSnapshot.Take(_fixture.Directory);

    /// <summary>Fails the test unless the host comes back to what it was.</summary>
    /// <param name="before">What it was.</param>
    /// <param name="after">What was done since, for the message.</param>
    protected void AssertSame(HostSnapshot before, string after)
    {
        var difference = "";
        Assert.True(Eventually.Holds(() => (difference = before.DifferenceTo(Snapshot())).Length == 0, Patience), $"{after} left:\n{difference}");
    }

    /// <summary>What a test class undoes itself, before the host is compared.</summary>
    protected virtual void TearDown()
    {
    }
}

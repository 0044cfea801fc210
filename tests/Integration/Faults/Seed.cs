using System.Globalization;

namespace MiniDock.Tests.Integration.Faults;

/// <summary>Random instants and choices of a test that can be had again: another seed for each run, told where the test fails, and taken from
/// MINIDOCK_TEST_SEED where that is set.</summary>
internal sealed class Seed
{
    private readonly int _value = int.TryParse(Environment.GetEnvironmentVariable("MINIDOCK_TEST_SEED"), CultureInfo.InvariantCulture, out var given)
        ? given
        : Random.Shared.Next();

    /// <summary>Numbers from the seed.</summary>
    /// <param name="stream">Another number gives other numbers: one for each worker.</param>
    public Random Numbers(int stream = 0) => new(_value + stream);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"MINIDOCK_TEST_SEED={_value}");
}

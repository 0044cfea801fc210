namespace MiniDock.Plugins.Network.Ovs.Database;

/// <summary>The database has refused a transaction; nothing of it was done.</summary>
/// <param name="code">The error as RFC 7047, section 3.1 names it, such as <c>constraint violation</c>.</param>
/// <param name="details">The server's explanation.</param>
internal sealed class OvsdbException(string code, string? details) : IOException($"open vswitch's database: {code}{(details is null ? "" : $" ({details})")}")
{
    /// <summary>A name is taken, or a column holds what it may not.</summary>
    public const string ConstraintViolation = "constraint violation";

    /// <summary>What was waited for did not come.</summary>
    public const string TimedOut = "timed out";

    /// <summary>The error's name.</summary>
    public string Code { get; } = code;
}

namespace MiniDock.Abstractions.Providers;

/// <summary>A mistake that the user can mend, found before anything was changed.</summary>
/// <param name="Message">What is wrong, <c>&lt;what&gt; &lt;object&gt;: &lt;ERRNO&gt; (&lt;text&gt;)</c>.</param>
/// <param name="Hint">What to do, or null.</param>
public sealed record Problem(string Message, string? Hint = null);

using System.Globalization;

namespace MiniDock.Abstractions.Model;

/// <summary>Whether a container is started again after its end.</summary>
/// <param name="Name"><c>no</c>, <c>on-failure</c>, <c>always</c> or <c>unless-stopped</c>.</param>
/// <param name="MaximumRetries">For <c>on-failure</c>: how often at most; 0 is without limit.</param>
public sealed record RestartPolicy(string Name, int MaximumRetries = 0)
{
    /// <summary>Never.</summary>
    public const string No = "no";

    /// <summary>After a non-zero exit code.</summary>
    public const string OnFailure = "on-failure";

    /// <summary>Always, and after a reboot, unless it was stopped by hand in this boot.</summary>
    public const string Always = "always";

    /// <summary>Always, and after a reboot unless it had been stopped by hand.</summary>
    public const string UnlessStopped = "unless-stopped";

    /// <summary>Whether a run that ended with a code is followed by another.</summary>
    /// <param name="exitCode">How it ended.</param>
    /// <param name="restarts">How often it was started again already.</param>
    /// <param name="stoppedByHand">Whether <c>stop</c> or <c>kill</c> ended it.</param>
    public bool Restarts(int exitCode, int restarts, bool stoppedByHand) => !stoppedByHand && Name switch
    {
        Always or UnlessStopped => true,
        OnFailure => exitCode != 0 && (MaximumRetries == 0 || restarts < MaximumRetries),
        _ => false,
    };

    /// <summary>A policy as it is written on the command line, or null where that is none.</summary>
    public static RestartPolicy? Parse(string text)
    {
        var colon = text.IndexOf(':');
        var name = colon < 0 ? text : text[..colon];
        if (name is not (No or OnFailure or Always or UnlessStopped))
        {
            return null;
        }

        if (colon < 0)
        {
            return new RestartPolicy(name);
        }

        return name == OnFailure && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var retries)
            ? new RestartPolicy(name, retries)
            : null;
    }

    /// <summary>As written on the command line.</summary>
    public override string ToString() => MaximumRetries > 0 ? $"{Name}:{MaximumRetries}" : Name;
}

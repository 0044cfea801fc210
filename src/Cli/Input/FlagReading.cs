namespace MiniDock.Cli.Input;

/// <summary>What <see cref="FlagReader"/> made of the arguments.</summary>
internal sealed class FlagReading
{
    /// <summary>The flags in the order given, with their values; a switch has <c>true</c> or <c>false</c>.</summary>
    public List<(Flag Flag, string Value)> Flags { get; } = [];

    /// <summary>What is no flag.</summary>
    public List<string> Positionals { get; } = [];

    /// <summary>Whether <c>--help</c> was among the flags; what follows it was not read.</summary>
    public bool Help { get; set; }
}

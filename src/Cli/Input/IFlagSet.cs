namespace MiniDock.Cli.Input;

/// <summary>The flags of one command.</summary>
internal interface IFlagSet
{
    /// <summary>Finds a flag by any of its spellings, <c>--memory</c> or <c>-m</c>.</summary>
    Flag? Find(string spelling);

    /// <summary>All long spellings, for "did you mean".</summary>
    IEnumerable<string> Names { get; }
}

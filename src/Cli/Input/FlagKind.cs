namespace MiniDock.Cli.Input;

/// <summary>How a flag takes its value.</summary>
internal enum FlagKind
{
    /// <summary><c>--rm</c>, or <c>--rm=false</c>.</summary>
    Switch,

    /// <summary><c>--name x</c> or <c>--name=x</c>; the short form also takes it attached, <c>-p80:80</c>.</summary>
    Value,

    /// <summary><c>--explain</c> or <c>--explain=json</c>: the value never is the next argument.</summary>
    OptionalValue,
}

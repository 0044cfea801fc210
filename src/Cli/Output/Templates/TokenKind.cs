namespace MiniDock.Cli.Output.Templates;

/// <summary>Kinds of tokens.</summary>
internal enum TokenKind
{
    /// <summary>Text outside of braces.</summary>
    Text,

    /// <summary>Two opening braces.</summary>
    Open,

    /// <summary>Two closing braces.</summary>
    Close,

    /// <summary><c>.Name</c>, or <c>.</c> alone.</summary>
    Field,

    /// <summary><c>$name</c>.</summary>
    Variable,

    /// <summary>A word: a keyword, function or constant.</summary>
    Word,

    /// <summary>A quoted string.</summary>
    String,

    /// <summary>A number.</summary>
    Number,

    /// <summary><c>| ( ) , := =</c>.</summary>
    Sign,
}

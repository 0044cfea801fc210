using System.CommandLine;
using MiniDock.Cli.Input;
using MiniDock.Engine.Containers.Creation;

namespace MiniDock.Cli.Commands.Containers;

/// <summary>A row of the table of <c>run</c>'s flags.</summary>
/// <param name="Name">Long spelling.</param>
/// <param name="Spellings">Short form and other spellings, separated by spaces; may be empty.</param>
/// <param name="Kind">How it takes its value.</param>
/// <param name="Value">Name of the value in the help.</param>
/// <param name="Help">One line.</param>
/// <param name="Take">Puts the value into the flags; null: the flag is known, and refused until something can do it.</param>
internal sealed record RunFlag(string Name, string Spellings, FlagKind Kind, string Value, string Help, Action<RunFlags, string>? Take) : Flag(Name, Kind)
{
    /// <summary>The flag for help and completion.</summary>
    public Option ToOption()
    {
        Option option = Kind == FlagKind.Switch ? new Option<bool>(Name) : new Option<string[]>(Name);
        if (Kind == FlagKind.OptionalValue)
        {
            option = new Option<string>(Name) { Arity = ArgumentArity.ZeroOrOne };
        }

        option.HelpName = Value;
        option.Description = Take is null ? $"{Help} (not supported yet)" : Help;
        foreach (var spelling in Spellings.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            option.Aliases.Add(spelling);
        }

        return option;
    }

    /// <summary>Whether it is spelled so.</summary>
    public bool Answers(string spelling) => Name == spelling || (Spellings.Length > 0 && Array.IndexOf(Spellings.Split(' '), spelling) >= 0);
}

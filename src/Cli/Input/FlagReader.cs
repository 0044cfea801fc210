namespace MiniDock.Cli.Input;

/// <summary>Splits arguments into flags and the rest by docker's rules (those of Go's pflag), which System.CommandLine's own tokens
/// do not follow: <c>-it</c>, <c>-p80:80</c>, <c>-m=1g</c>, <c>--rm=false</c>, and a command that ends at its first positional argument.</summary>
internal sealed class FlagReader(IFlagSet flags, IFlagSet? global, bool stopsAtPositional)
{
    private readonly FlagReading _reading = new();

    /// <summary>Reads all arguments.</summary>
    /// <exception cref="UsageException">A flag is unknown, or its value is missing or wrong.</exception>
    public FlagReading Read(ReadOnlySpan<string> arguments)
    {
        for (var i = 0; i < arguments.Length && !_reading.Help; i++)
        {
            var argument = arguments[i];
            if (argument.Length < 2 || argument[0] != '-')
            {
                _reading.Positionals.Add(argument);
                if (stopsAtPositional)
                {
                    _reading.Positionals.AddRange(arguments[(i + 1)..]);
                    break;
                }
            }
            else if (argument == "--")
            {
                _reading.Positionals.AddRange(arguments[(i + 1)..]);
                break;
            }
            else if (argument[1] == '-')
            {
                i += ReadLong(argument, arguments[(i + 1)..]);
            }
            else
            {
                i += ReadShort(argument, arguments[(i + 1)..]);
            }
        }

        return _reading;
    }

    /// <summary>Reads a switch's value as Go does.</summary>
    public static bool? Boolean(string text) => text switch
    {
        "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
        "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
        _ => null,
    };

    private int ReadLong(string argument, ReadOnlySpan<string> rest)
    {
        var equals = argument.IndexOf('=');
        var name = equals < 0 ? argument : argument[..equals];
        var flag = Find(name);
        if (flag is null)
        {
            if (name == "--help")
            {
                _reading.Help = true;
                return 0;
            }

            throw new UsageException($"unknown flag {name}", Suggestions.For(name, flags.Names.Concat(global?.Names ?? [])));
        }

        if (equals >= 0)
        {
            Add(flag, argument[(equals + 1)..], name);
            return 0;
        }

        if (flag.Kind != FlagKind.Value)
        {
            Add(flag, flag.Kind == FlagKind.Switch ? "true" : "", name);
            return 0;
        }

        Add(flag, rest.Length > 0 ? rest[0] : throw new UsageException($"flag needs an argument: {name}"), name);
        return 1;
    }

    private int ReadShort(string argument, ReadOnlySpan<string> rest)
    {
        for (var i = 1; i < argument.Length; i++)
        {
            var name = $"-{argument[i]}";
            var flag = Find(name);
            if (flag is null)
            {
                if (name == "-h")
                {
                    _reading.Help = true;
                    return 0;
                }

                throw new UsageException(argument.Length == 2 ? $"unknown flag {name}" : $"unknown flag {name} in {argument}");
            }

            var attached = argument[(i + 1)..];
            if (attached.StartsWith('='))
            {
                Add(flag, attached[1..], name);
                return 0;
            }

            if (flag.Kind == FlagKind.Value)
            {
                var takesNext = attached.Length == 0;
                Add(flag, !takesNext ? attached : rest.Length > 0 ? rest[0] : throw new UsageException($"flag needs an argument: {name}"), name);
                return takesNext ? 1 : 0;
            }

            Add(flag, flag.Kind == FlagKind.Switch ? "true" : "", name);
        }

        return 0;
    }

    private Flag? Find(string spelling) => flags.Find(spelling) ?? global?.Find(spelling);

    private void Add(Flag flag, string value, string spelling)
    {
        if (flag.Kind == FlagKind.Switch)
        {
            value = Boolean(value) switch
            {
                true => "true",
                false => "false",
                null => throw new UsageException($"invalid value \"{value}\" for {spelling}: not true or false"),
            };
        }

        _reading.Flags.Add((flag, value));
    }
}
